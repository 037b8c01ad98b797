"""The words that campaigns of all kinds have in the studio."""

from PySide6.QtCore import QCoreApplication

from backend.contract.campaigns import CampaignPhase, EndReason


def phase_name(phase: CampaignPhase) -> str:
    """Return where a campaign is."""
    translate = QCoreApplication.translate
    names = {
        CampaignPhase.PREHEAT: translate("Campaigns", "Opens in"),
        CampaignPhase.OPEN: translate("Campaigns", "Open"),
        CampaignPhase.CLOSING: translate("Campaigns", "Closing"),
        CampaignPhase.DRAWING: translate("Campaigns", "Drawing"),
        CampaignPhase.ENDED: translate("Campaigns", "Ended"),
        CampaignPhase.VOID: translate("Campaigns", "Called off"),
    }
    return names[phase]


def start_name(*, has_countdown: bool) -> str:
    """Return what the button that starts one says."""
    translate = QCoreApplication.translate
    return translate("Campaigns", "Announce") if has_countdown else translate("Campaigns", "Open now")


def end_name(reason: EndReason | None) -> str:
    """Return why a campaign is over; empty before."""
    translate = QCoreApplication.translate
    names = {
        None: "",
        EndReason.TIME: translate("Campaigns", "Time is up"),
        EndReason.NONE_LEFT: translate("Campaigns", "All gone"),
        EndReason.STOPPED: translate("Campaigns", "Stopped"),
        EndReason.SESSION_ENDED: translate("Campaigns", "The live ended"),
        EndReason.NO_ENTRIES: translate("Campaigns", "Nobody took part"),
    }
    return names[reason]


def outcome_name(outcome: str) -> str:
    """Return how requests ended, in words; what is not known is shown as it is."""
    translate = QCoreApplication.translate
    names = {
        "accepted": translate("Campaigns", "Accepted"),
        "not_open": translate("Campaigns", "Before the start"),
        "expired": translate("Campaigns", "Too late"),
        "already": translate("Campaigns", "Had theirs already"),
        "none_left": translate("Campaigns", "After all was gone"),
        "not_eligible": translate("Campaigns", "Did not meet the conditions"),
        "account_too_new": translate("Campaigns", "Account too new"),
        "phone_missing": translate("Campaigns", "No phone in the address book"),
        "phone_used": translate("Campaigns", "Phone already took part"),
        "network_full": translate("Campaigns", "Network full"),
        "coupon_already": translate("Campaigns", "Had as many of the coupon as one gets"),
        "accounts_only": translate("Campaigns", "Had no account"),
        "not_following": translate("Campaigns", "Did not follow"),
        "not_watched": translate("Campaigns", "Had not watched long enough"),
        "word_unsaid": translate("Campaigns", "Had not said the word"),
        "not_bought": translate("Campaigns", "Had neither bought nor said the word"),
        "won_lately": translate("Campaigns", "Won in the last 30 days"),
        "is_staff": translate("Campaigns", "Of the staff"),
        "muted": translate("Campaigns", "Muted"),
        "blocked": translate("Campaigns", "Blocked"),
        "too_fast": translate("Campaigns", "Too fast"),
        "age_unconfirmed": translate("Campaigns", "Age not confirmed"),
        "bid_too_low": translate("Campaigns", "Bid too low"),
        "not_registered": translate("Campaigns", "Had not said where it goes"),
        "barred": translate("Campaigns", "Left won auctions unpaid before"),
        "too_many": translate("Campaigns", "Bid too often"),
        "unavailable": translate("Campaigns", "The server was too busy"),
    }
    return names.get(outcome, outcome)
