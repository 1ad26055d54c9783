# The bot in a container. `docker build -t five-touches .`, then
# `docker run --env-file .env --volume five-touches-data:/data --volume five-touches-key:/key five-touches`.

FROM python:3.13-slim AS packages
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home bot \
    && install --directory --owner bot --mode 0700 /data /key
COPY --from=packages /venv /venv
WORKDIR /app
COPY locales locales
COPY bot bot
RUN /venv/bin/python -m compileall -q bot

# The database and the key of its texts lie apart; without the key the database cannot be read.
VOLUME ["/data", "/key"]
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 XDG_DATA_HOME=/data XDG_CONFIG_HOME=/key PORT=8080
EXPOSE 8080
USER bot

HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health', timeout=8)"]

# Exec form: SIGTERM reaches the bot itself, which finishes what it holds. Other commands: web, worker, migrate.
CMD ["python", "-m", "bot", "run"]
