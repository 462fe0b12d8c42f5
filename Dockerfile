# The talentgraph application; Neo4j stands beside it (docker-compose.yml).
FROM python:3.11-slim-bookworm

RUN pip install --no-cache-dir uv && useradd --create-home --uid 10001 talentgraph
WORKDIR /app
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --locked --no-dev --no-install-project
COPY graph graph
COPY ingest ingest
COPY queries queries
COPY api api
RUN uv sync --locked --no-dev \
 && rm -rf api/web/node_modules \
 && mkdir /data && chown talentgraph:talentgraph /data

USER talentgraph
ENV PATH=/app/.venv/bin:$PATH \
    TALENTGRAPH_HOME=/data \
    PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8321
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8321/v1/health', timeout=4)"]
CMD ["talentgraph", "serve", "--host", "0.0.0.0", "--port", "8321"]
