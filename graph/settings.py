"""Every setting, with its default and its help, read in one place.

Settings come from the environment (or a `.env` file where the command runs). Nothing is read at import.
"""

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What talentgraph can be told from outside; `Settings()` reads the environment now."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True)

    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("talentgraph", appauthor=False)),
        validation_alias="TALENTGRAPH_HOME",
        description="The one folder in which everything is kept: embedded store, console history, own lexicon.",
    )
    model: str = Field(
        default="en_core_web_sm",
        validation_alias="TALENTGRAPH_MODEL",
        description="The spaCy pipeline that reads English, or `none`: word lists and a rough tree (weaker).",
    )
    llm_url: str | None = Field(
        default=None,
        validation_alias="TALENTGRAPH_LLM_URL",
        description="Base address of a chat endpoint in OpenAI's form, such as http://localhost:11434/v1, that may "
        "propose claims; texts are sent there. Without it nothing is sent.",
    )
    llm_model: str = Field(
        default="",
        validation_alias="TALENTGRAPH_LLM_MODEL",
        description="The model that the chat endpoint is asked for.",
    )
    llm_key: SecretStr = Field(
        default=SecretStr(""), validation_alias="TALENTGRAPH_LLM_KEY", description="The chat endpoint's key, if any."
    )
    neo4j_uri: str | None = Field(
        default=None,
        validation_alias="NEO4J_URI",
        description="Address of a Neo4j server, such as neo4j://localhost:7687. Without it the embedded engine serves.",
    )
    neo4j_username: str = Field(
        default="neo4j", validation_alias="NEO4J_USERNAME", description="The Neo4j user that reads and writes."
    )
    neo4j_password: SecretStr = Field(
        default=SecretStr(""), validation_alias="NEO4J_PASSWORD", description="That user's password."
    )
    neo4j_database: str = Field(
        default="neo4j", validation_alias="NEO4J_DATABASE", description="The Neo4j database to use."
    )
    neo4j_reader_username: str | None = Field(
        default=None,
        validation_alias="NEO4J_READER_USERNAME",
        description="A Neo4j user that may only read, for the Cypher console (its grants: docs/console.md); without it "
        "the console uses READ transactions of the ordinary user, which Neo4j enforces.",
    )
    neo4j_reader_password: SecretStr = Field(
        default=SecretStr(""), validation_alias="NEO4J_READER_PASSWORD", description="The reading user's password."
    )
    query_timeout: float = Field(
        default=60.0,
        gt=0,
        validation_alias="TALENTGRAPH_QUERY_TIMEOUT",
        description="Seconds that one query may take; read when the embedded engine starts.",
    )
    engine_heap: str = Field(
        default="512m",
        pattern=r"^\d+[mg]$",
        validation_alias="TALENTGRAPH_ENGINE_HEAP",
        description="Most memory for the embedded engine's heap, such as 512m or 2g; read when it starts.",
    )
    engine_idle: float = Field(
        default=600.0,
        gt=0,
        validation_alias="TALENTGRAPH_ENGINE_IDLE",
        description="Seconds without a command after which the embedded engine ends by itself; read when it starts.",
    )
    max_document_bytes: int = Field(
        default=10_000_000,
        gt=0,
        validation_alias="TALENTGRAPH_MAX_DOCUMENT_BYTES",
        description="Bytes above which one document is quarantined instead of read.",
    )
    console: bool = Field(
        default=True,
        validation_alias="TALENTGRAPH_CONSOLE",
        description="Whether POST /v1/cypher answers at all; even then it asks for a key with the scope `console`, "
        "except on this machine.",
    )
    console_timeout: float = Field(
        default=30.0,
        gt=0,
        le=3600,
        validation_alias="TALENTGRAPH_CONSOLE_TIMEOUT",
        description="Seconds after which a query of the Cypher console is stopped; one may ask for less, not for more.",
    )
    console_concurrent: int = Field(
        default=2,
        ge=1,
        le=64,
        validation_alias="TALENTGRAPH_CONSOLE_CONCURRENT",
        description="Queries of the Cypher console that run at once; a further one is told to come again.",
    )
    anonymous: str = Field(
        default="",
        validation_alias="TALENTGRAPH_ANONYMOUS",
        description="What whoever asks the API from another machine without a key may do, such as `read`; scopes of "
        "`talentgraph key create`, separated by commas. Without it, nothing.",
    )
    local_key: bool = Field(
        default=False,
        validation_alias="TALENTGRAPH_LOCAL_KEY",
        description="Whether whoever asks from this machine needs a key too, as on a machine that several people use.",
    )
    cors_origins: str = Field(
        default="",
        validation_alias="TALENTGRAPH_CORS_ORIGINS",
        description="Pages of other servers that may use the API from a browser, such as "
        "`https://grafana.example.org`, separated by commas.",
    )
    rate_limit: int = Field(
        default=1200,
        ge=0,
        validation_alias="TALENTGRAPH_RATE_LIMIT",
        description="Units that one key, or one address without a key, may use in a minute: a record costs 1, a "
        "question 5, a graph 10, Cypher or a document 20; 0 for no limit. This machine has none.",
    )
    concurrent: int = Field(
        default=32,
        ge=1,
        le=36,
        validation_alias="TALENTGRAPH_CONCURRENT",
        description="Requests to the API that may be at work at once; one more waits two seconds and is then told to "
        "come again (429).",
    )
    fetch_allow: str = Field(
        default="",
        validation_alias="TALENTGRAPH_FETCH_ALLOW",
        description="What may be fetched besides ports 80 and 443 of public addresses: addresses or networks "
        "(`127.0.0.1:8080`, `10.2.0.0/16`, `[fd12::1]:8443`) and ports of hosts with a public address "
        "(`example.org:8080`), separated by commas. An address without a port opens 80 and 443.",
    )
    fetch_timeout: float = Field(
        default=60.0,
        gt=0,
        validation_alias="TALENTGRAPH_FETCH_TIMEOUT",
        description="Seconds that one page may take with all its redirects, waiting for its host's turn left out.",
    )
    fetch_delay: float = Field(
        default=1.0,
        ge=0,
        validation_alias="TALENTGRAPH_FETCH_DELAY",
        description="Seconds between two requests to one host; more where its robots.txt asks for it.",
    )
    user_agent: str = Field(
        default="talentgraph",
        pattern=r"^talentgraph( [\x20-\x7e]*)?$",
        validation_alias="TALENTGRAPH_USER_AGENT",
        description="How fetching names itself to hosts. Add how to reach you: `talentgraph (+mailto:me@example.org)`. "
        "robots.txt is read for `talentgraph`.",
    )
    webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="TALENTGRAPH_WEBHOOK_SECRET",
        description="What alerts to webhooks are signed with: `whsec_` and 24 to 64 random bytes in Base64.",
    )
    smtp_host: str = Field(
        default="", validation_alias="TALENTGRAPH_SMTP_HOST", description="The mail server through which alerts go."
    )
    smtp_port: int = Field(
        default=587, gt=0, lt=65536, validation_alias="TALENTGRAPH_SMTP_PORT", description="Its port."
    )
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        validation_alias="TALENTGRAPH_SMTP_SECURITY",
        description="How the connection to it is made safe: `starttls`, `tls` from the start (port 465), or `none` "
        "(a relay on this machine).",
    )
    smtp_username: str = Field(
        default="", validation_alias="TALENTGRAPH_SMTP_USERNAME", description="Its user, where it asks for one."
    )
    smtp_password: SecretStr = Field(
        default=SecretStr(""), validation_alias="TALENTGRAPH_SMTP_PASSWORD", description="That user's password."
    )
    smtp_from: str = Field(
        default="",
        pattern=r"^([^\s@<>,;]+@[^\s@<>,;]+)?$",
        validation_alias="TALENTGRAPH_SMTP_FROM",
        description="The address that alerts by mail come from.",
    )
