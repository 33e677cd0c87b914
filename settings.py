"""The settings: one typed object, read from the environment once. Every variable is listed in `.env.example`."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, HttpUrl, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# What these hold is never repeated in a message: a log is no place for it.
_SECRET = {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"}

_KNOWN = {
    "database_url": ("postgresql://", "postgres://", "postgresql+psycopg://", "sqlite:///"),
    "redis_url": ("redis://", "rediss://", "unix://"),
}


class Settings(BaseSettings):
    """What can be set from outside: from the environment, or from `.env` in development."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    port: Annotated[int, Field(ge=1, le=65535)] = 8050
    debug: bool = False
    repository_url: HttpUrl | None = None

    production: bool = False
    secret_key: Annotated[SecretStr | None, Field(validate_default=True)] = None
    trusted_proxies: Annotated[int, Field(ge=0, le=10)] = 0
    frame_ancestors: Annotated[str, Field(pattern=r"^(https?://[\w.*:-]+ *)*$")] = ""

    data_dir: Path = Path(__file__).parent / ".data"
    database_url: SecretStr | None = None
    visitor_days: Annotated[float, Field(gt=0, le=400)] = 90
    visitor_max_values: Annotated[int, Field(ge=1)] = 1_000
    visitor_max_mb: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 10

    cache_dir: Path = Path(__file__).parent / ".cache"
    cache_size_mb: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 2_000
    redis_url: SecretStr | None = None
    query_memory_mb: Annotated[int, Field(ge=64)] = 512
    upload_max_mb: Annotated[float, Field(gt=0, le=20)] = 10

    @field_validator("secret_key")
    @classmethod
    def _production_needs_a_secret(cls, secret_key: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if not info.data.get("production"):
            return secret_key
        keys = secret_key.get_secret_value().split(",") if secret_key else []
        if not keys or any(len(key.strip()) < 32 for key in keys):
            raise ValueError("with PRODUCTION=true it must be set, to at least 32 random characters")
        return secret_key

    @field_validator("database_url", "redis_url")
    @classmethod
    def _known_kind(cls, url: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        known = _KNOWN[str(info.field_name)]
        if url and not url.get_secret_value().startswith(known):
            raise ValueError("it must begin with " + " or ".join(known))
        return url


def read_settings(**overrides: Any) -> Settings:
    """Return the settings, or stop the start with one line that names each wrong variable."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise SystemExit("Wrong settings. " + " ".join(map(_explain, error.errors()))) from None


def _explain(error: Any) -> str:
    variable = "_".join(map(str, error["loc"])).upper()
    given = "" if variable in _SECRET else f" (got {error['input']!r})"
    return f"{variable}: {error['msg']}{given}."


settings = read_settings()
