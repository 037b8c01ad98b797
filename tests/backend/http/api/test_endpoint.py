from tests.backend.http.api.sample import ENDPOINTS


def test_an_endpoint_knows_the_parameters_of_its_path() -> None:
    assert [sorted(endpoint.in_path) for endpoint in ENDPOINTS] == [[], [], ["note_id"], []]


def test_every_parameter_of_a_path_is_declared() -> None:
    for endpoint in ENDPOINTS:
        assert endpoint.in_path <= set(endpoint.parameters.__struct_fields__)


def test_an_endpoint_is_called_by_method_and_path() -> None:
    assert ENDPOINTS[0].name == "POST /api/v1/notes"
