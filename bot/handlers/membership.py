"""The user blocks the bot or comes back: pushes pause, everything is kept."""

from typing import Any

from telegram import ChatMember, Update
from telegram.ext import BaseHandler, ChatMemberHandler

from bot.context import Context

_GONE = (ChatMember.BANNED, ChatMember.LEFT)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [ChatMemberHandler(follow, ChatMemberHandler.MY_CHAT_MEMBER)]


async def follow(update: Update, context: Context) -> None:
    """Pause or take up the pushes of a private chat."""
    member = update.my_chat_member
    if member is None or member.chat.type != member.chat.PRIVATE:
        return
    users = context.services.storage.users
    if member.new_chat_member.status in _GONE:
        await users.block(context.user.id, context.now)
    else:
        await users.unblock(context.user.id)
