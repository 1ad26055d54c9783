"""The composition root: every part of the bot, put together once."""

from datetime import timedelta
from typing import Any

from telegram.ext import Application, ContextTypes, ExtBot
from telegram.request import BaseRequest

from bot.clock import Clock
from bot.config import Settings
from bot.context import Context, Services
from bot.conversations.processor import SerialUpdateProcessor
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.outbox import Outbox
from bot.delivery.pacing import Pacing
from bot.delivery.rendering import Renderer
from bot.delivery.ticker import Ticker
from bot.handlers import register
from bot.owner import Owner
from bot.packs import Packs, locales_folder
from bot.storage import Storage
from bot.texts import Catalogues
from bot.tips import Tips
from bot.transport import AiohttpRequest, system_proxy
from bot.views.notices import COMMANDS

#: Handled update ids are kept for longer than Telegram keeps updates.
_KEEP_HANDLED = timedelta(hours=48)


class BotApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An Application that carries the services of its handlers and the parts that send reminders."""

    def __init__(self, *, services: Services, dispatcher: Dispatcher, ticker: Ticker, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.services = services
        self.dispatcher = dispatcher
        self.ticker = ticker


def build_application(
    settings: Settings,
    storage: Storage,
    clock: Clock,
    request: BaseRequest | None = None,
    pacing: Pacing | None = None,
) -> BotApplication:
    """Return the application; updates are brought by the runtime, `request` replaces the network."""
    pacing = pacing or Pacing()
    request = request or AiohttpRequest(proxy=system_proxy(settings.telegram_api_url))
    bot = _bot(settings, request, pacing)
    owner = Owner(bot, settings.owner_id, clock.now)
    catalogues, packs = Catalogues.load(locales_folder()), Packs.load()
    renderer = Renderer(catalogues, packs, clock)
    outbox = Outbox(bot, pacing, owner.tell)
    dispatcher = Dispatcher(storage, outbox, renderer, warm_up=renderer.warm_up)
    ticker = Ticker(clock, dispatcher)
    ticker.every(timedelta(hours=1), lambda now: storage.sessions.prune(now - _KEEP_HANDLED))
    tips = Tips.load(locales_folder())
    services = Services(storage, catalogues, packs, tips, clock, ticker.wake, owner.tell_of)
    application: Any = (
        Application.builder()
        .application_class(BotApplication, {"services": services, "dispatcher": dispatcher, "ticker": ticker})
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(SerialUpdateProcessor(services, bot))
        .post_init(introduce)
        .build()
    )
    register(application)
    return application  # type: ignore[no-any-return] # the builder does not know the class it was given


async def introduce(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Tell Telegram the commands and the description in every language."""
    bot = application.bot
    catalogues: Catalogues = application.services.catalogues  # type: ignore[attr-defined] # a BotApplication
    for language in catalogues.languages:
        texts = catalogues.texts(language)
        code = None if language == "en" else language  # English is what every other language gets
        commands = [(name, texts.plain(f"command.{name}")) for name in COMMANDS]
        await bot.set_my_commands(commands, language_code=code)
        await bot.set_my_description(texts.plain("bot.description"), language_code=code)
        await bot.set_my_short_description(texts.plain("bot.short_description"), language_code=code)


def _bot(settings: Settings, request: BaseRequest, pacing: Pacing) -> ExtBot[Any]:
    return ExtBot(
        settings.token(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=request,
        get_updates_request=request,
        rate_limiter=pacing,
    )
