import pytest
from msgspec.structs import replace

from studio.project import edits
from studio.project.choices import MAIN, first_project
from studio.project.project import (
    Canvas,
    Project,
    ProjectError,
    Scene,
    SoundFilter,
    Source,
    SourceKind,
    Strip,
    Transform,
    check,
)

CAMERA, LOGO = Source("c", SourceKind.CAMERA), Source("l", SourceKind.MEDIA_FILE)


def two_items() -> Project:
    project = edits.add_source(edits.add_source(first_project(), CAMERA), LOGO)
    return edits.add_item(edits.add_item(project, MAIN, "c"), MAIN, "l", Transform(width=0.2))


def shown(project: Project) -> list[str]:
    return [item.source_id for item in project.program.items]


def test_a_new_item_lies_on_top_where_it_was_put() -> None:
    project = two_items()
    assert shown(project) == ["c", "l"]
    assert project.program.items[1].transform.width == 0.2


def test_items_change_their_order_and_nothing_else() -> None:
    project = two_items()
    camera = project.program.items[0].id
    assert shown(edits.move_item(project, camera, 1)) == ["l", "c"]
    assert shown(edits.move_item(project, camera, 99)) == ["l", "c"]
    assert edits.move_item(project, "gone", 0) == project


def test_eye_and_lock_are_the_item_s_own() -> None:
    project = two_items()
    item = project.program.items[0].id
    hidden = edits.lock_item(edits.hide_item(project, item), item)
    assert [(each.is_visible, each.is_locked) for each in hidden.program.items] == [
        (False, True),
        (True, False),
    ]
    assert edits.unlock_item(edits.show_item(hidden, item), item) == project


def test_a_source_goes_with_its_last_item_unless_a_strip_sounds_it() -> None:
    project = two_items()
    camera, logo = (item.id for item in project.program.items)
    assert edits.remove_item(project, logo).sources.keys() == {"c"}
    heard = edits.set_strip_source(project, project.strips[0].id, "c")
    assert edits.remove_item(heard, camera).sources.keys() == {"c", "l"}


def test_a_copied_scene_stands_after_it_and_shares_its_sources() -> None:
    project = edits.add_scene(two_items(), Scene("last"))
    project = edits.copy_scene(project, MAIN, "copy")
    assert [scene.name for scene in project.scenes] == ["", "copy", ""]
    assert [item.source_id for item in project.scenes[1].items] == ["c", "l"]
    assert not {item.id for item in project.scenes[0].items} & {item.id for item in project.scenes[1].items}


def test_a_removed_scene_on_air_makes_room_for_its_neighbour_and_the_last_stays() -> None:
    project = edits.add_scene(edits.add_scene(two_items(), Scene("b")), Scene("d"))
    project = edits.show(project, "d")
    assert edits.remove_scene(project, "d").program_id == "b"
    assert edits.remove_scene(project, "b").program_id == "d"
    alone = edits.remove_scene(edits.remove_scene(project, "d"), "b")
    assert edits.remove_scene(alone, MAIN) == alone


def test_scenes_change_their_names_and_order() -> None:
    project = edits.add_scene(first_project(), Scene("b"))
    project = edits.rename_scene(edits.move_scene(project, "b", 0), "b", "Close-up")
    assert [(scene.id, scene.name) for scene in project.scenes] == [("b", "Close-up"), (MAIN, "")]


def test_what_is_placed_keeps_its_share_of_another_canvas() -> None:
    project = two_items()
    wide = edits.set_canvas(project, Canvas(1280, 720))
    assert replace(wide, canvas=project.canvas) == project


def test_a_fader_stays_within_its_range() -> None:
    project = first_project()
    assert edits.set_gain(project, MAIN, 99).strips[0].gain_db == 12
    assert edits.set_gain(project, MAIN, -99).strips[0].gain_db == -60
    assert edits.set_gain(project, "gone", 3) == project


def test_a_strips_filters_are_kept_in_their_order_and_each_stands_once() -> None:
    gate, limiter = SoundFilter("gate"), SoundFilter("limiter", {"ceiling_db": -2.0})
    project = edits.set_strip(first_project(), Strip(MAIN, filters=(gate, limiter)))
    check(project)
    assert project.strips[0].filters == (gate, limiter)
    with pytest.raises(ProjectError, match="filter of a strip"):
        check(edits.set_strip(project, Strip(MAIN, filters=(gate, gate))))


def test_a_source_sounds_on_one_strip_and_the_main_one_stays() -> None:
    project = edits.add_source(first_project(), Source("music", SourceKind.DEMO_MUSIC))
    both = edits.add_strip(project, "music")
    assert [strip.source_id for strip in both.strips] == ["", "music"]
    assert edits.add_strip(both, "music") == both
    assert edits.remove_strip(both, both.strips[1].id).strips == project.strips
    assert edits.remove_strip(both, both.strips[0].id) == both
