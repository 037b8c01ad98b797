"""The buyer's address book."""

import msgspec

from backend.contract.addresses import AddressBook, SaveAddress, SavedAddress
from backend.contract.bounds import Id
from backend.contract.shop_problems import AddressProblem
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import refusal
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import refuse
from backend.shop.customers.address_check import BadAddress, checked_address
from backend.shop.customers.customers import Customers


class OneAddress(msgspec.Struct, frozen=True):
    """Which address, by the path."""

    address_id: Id


class AddressRoutes:
    """The endpoints of addresses."""

    def __init__(self, customers: Customers) -> None:
        self._customers = customers

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [
            Endpoint(
                method="GET",
                path="/api/v1/addresses",
                summary="List one's addresses, the default first.",
                who=Who.MEMBER,
                handle=self.list_all,
                answer=AddressBook,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path="/api/v1/addresses",
                summary="Add an address, or replace one.",
                who=Who.MEMBER,
                handle=self.save,
                answer=SavedAddress,
                parameters=Nothing,
                body=SaveAddress,
                status=201,
                is_idempotent=True,
                problems={422: (AddressProblem,)},
            ),
            Endpoint(
                method="DELETE",
                path="/api/v1/addresses/{address_id}",
                summary="Delete an address, and list those that are left. Orders keep theirs.",
                who=Who.MEMBER,
                handle=self.delete,
                answer=AddressBook,
                parameters=OneAddress,
                body=Nothing,
            ),
        ]

    async def list_all(self, call: Call[Nothing, Nothing]) -> AddressBook:
        """List one's addresses."""
        return await self._customers.addresses(person_of(call))

    async def save(self, call: Call[Nothing, SaveAddress]) -> SavedAddress:
        """Add or replace an address."""
        address = checked_address(call.body.address)
        if isinstance(address, BadAddress):
            raise refuse(address)
        wish = msgspec.structs.replace(call.body, address=address)
        saved = await self._customers.save_address(person_of(call), wish, request_of(call, "addresses"))
        if saved is None:
            raise refusal(404, "There is no such address of yours, or your book is full. Delete one first.")
        if isinstance(saved, SavedAddress):
            return saved
        raise refuse(saved)

    async def delete(self, call: Call[OneAddress, Nothing]) -> AddressBook:
        """Delete an address."""
        person = person_of(call)
        if not await self._customers.delete_address(person, call.parameters.address_id):
            raise refusal(404, "There is no such address of yours.")
        return await self._customers.addresses(person)
