"""What the settings say about e-mails to buyers: what is in the way, and what helps."""

from PySide6.QtCore import QCoreApplication

from backend.contract.mail import MailCheck, MailFinding, MailSecurity, MailStatus, is_same_server


def security_name(security: MailSecurity) -> str:
    """What an encryption is called."""
    translate = QCoreApplication.translate
    return {
        MailSecurity.TLS: translate("MailPage", "TLS from the start (usual)"),
        MailSecurity.STARTTLS: translate("MailPage", "STARTTLS"),
        MailSecurity.NONE: translate("MailPage", "None (a server in this network alone)"),
    }[security]


def check_text(check: MailCheck) -> str:
    """What came of a test."""
    text = _finding_text(check.finding)
    return f"{text} ({check.detail})" if check.detail else text


def state_text(status: MailStatus) -> str:
    """How the e-mails of the room stand."""
    translate = QCoreApplication.translate
    if not status.settings.host:
        return translate("MailPage", "Off: buyers get no e-mails.")
    parts = []
    if status.waiting:
        parts.append(translate("MailPage", "E-mails that wait: {n}.").format(n=status.waiting))
    if status.given_up:
        parts.append(translate("MailPage", "Given up after a day or refused: {n}.").format(n=status.given_up))
    if not parts:
        return translate("MailPage", "On: none waits.")
    return "\n".join(filter(None, (" ".join(parts), _error_text(status.last_error))))


def password_text(status: MailStatus, host: str) -> tuple[str, str]:
    """Where the password goes, whether the server that was typed may have it, and the text's tone."""
    translate = QCoreApplication.translate
    if status.password_problem:
        return status.password_problem, "bad"
    if not status.has_password:
        text = translate(
            "MailPage",
            "No password yet. Write two lines into {file} on the server's computer, readable by its owner "
            "alone: the mail server's name, then its password. They count at once.",
        )
        return text.format(file=status.password_file), ""
    if host and not is_same_server(status.password_host, host):
        text = translate(
            "MailPage",
            "The password that was found is for {host}, and goes to no other server. Give that one above, "
            "or have the new server and its password written into {file} on the server's computer.",
        )
        return text.format(host=status.password_host, file=status.password_file), "bad"
    text = translate("MailPage", "A password was found, for {host}.")
    return text.format(host=status.password_host), ""


def _error_text(error: str) -> str:
    """What was in the way the last time: the backend names the finding, then the server's own words."""
    name, _, detail = error.partition(": ")
    is_known = name in {one.value for one in MailFinding}
    return check_text(MailCheck(MailFinding(name), detail)) if is_known else error


def _finding_text(finding: MailFinding) -> str:
    translate = QCoreApplication.translate
    texts = {
        MailFinding.WORKS: translate("MailPage", "Sent. Look into that mailbox, and into its spam."),
        MailFinding.UNREACHABLE: translate(
            "MailPage", "The mail server cannot be reached. Check its name and port, then test again."
        ),
        MailFinding.NOT_ENCRYPTED: translate(
            "MailPage", "The line would not be encrypted so. Choose another encryption or port."
        ),
        MailFinding.NOT_GENUINE: translate(
            "MailPage",
            "The server's certificate is not for this name. Give the name that your mail provider names.",
        ),
        MailFinding.NO_PASSWORD: translate(
            "MailPage",
            "There is a user but no password. Put the password in its place first, as said under the user.",
        ),
        MailFinding.PASSWORD_OF_OTHER: translate(
            "MailPage",
            "The password on the server's computer is for another mail server, and goes to no other. "
            "Nothing was sent.",
        ),
        MailFinding.LOGIN_REFUSED: translate(
            "MailPage",
            "The server refuses user or password. Many providers want a password made for "
            "programs, which their web page gives.",
        ),
        MailFinding.SENDER_REFUSED: translate(
            "MailPage", "The server does not send from this address. Use the mailbox that you log in with."
        ),
        MailFinding.RECIPIENT_REFUSED: translate(
            "MailPage", "The server does not deliver to this address. Check it, or test with another."
        ),
        MailFinding.FAILS: translate(
            "MailPage", "The server answered, but did not take the e-mail. Look up its words."
        ),
    }
    return texts[finding]
