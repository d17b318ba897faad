from network.models.events import Event
from network.models.mail import Message
from network.models.people import Invitation, Membership, User
from network.models.places import City, Organisation
from network.models.resets import AccountReset

__all__ = ["AccountReset", "City", "Event", "Invitation", "Membership", "Message", "Organisation", "User"]
