import msgspec
import pytest
from starlette.exceptions import HTTPException

from backend.contract.problems import ProblemDetails
from backend.http.api.problems import problem_response, refusal


@pytest.mark.parametrize(
    ("status", "kind"), [(401, "bad_token"), (404, "not_found"), (429, "too_fast"), (418, "refused")]
)
def test_a_refusal_says_its_kind_in_a_word_and_its_cause_in_a_sentence(status: int, kind: str) -> None:
    for error in (HTTPException(status, "Because.", {"X": "y"}), refusal(status, "Because.", {"X": "y"})):
        response = problem_response(error)
        problem = msgspec.json.decode(response.body, type=ProblemDetails)
        assert (response.status_code, problem.status, problem.type) == (status, status, kind)
        assert (problem.detail, response.headers["x"]) == ("Because.", "y")
        assert response.headers["content-type"] == "application/problem+json"
