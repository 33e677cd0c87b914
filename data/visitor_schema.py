"""The tables of visitors' data, and the steps that bring an older database up to date.

The app runs them when it first uses a database; `python -m data.visitor_store` does so ahead of a release.
"""

from data.database import Connection, Database

# One step a version; each is run once, in order. A released step is never edited: add another one.
# The types are PostgreSQL's. SQLite takes any name for a type, and keeps bytes as bytes whatever it says.
STEPS: tuple[tuple[str, ...], ...] = (
    (
        # A row here is what a visitor's writes lock and count on. Ids and keys are UTF-8 bytes: text could
        # hold no NUL, and two databases would sort and compare it in two ways.
        """
        CREATE TABLE visitors (
            visitor BYTEA PRIMARY KEY,
            version BIGINT NOT NULL,         -- goes up by one with each write, and never back
            used    DOUBLE PRECISION NOT NULL, -- when last written or renewed, in seconds since 1970
            retired BOOLEAN NOT NULL         -- the id is dead: rotated away, or forgotten
        )
        """,
        """
        CREATE TABLE visitor_values (
            visitor BYTEA NOT NULL REFERENCES visitors (visitor) ON DELETE CASCADE,
            key     BYTEA NOT NULL,
            version BIGINT NOT NULL,         -- the visitor's version at the write
            size    BIGINT NOT NULL,         -- of the value, in bytes
            written DOUBLE PRECISION NOT NULL,
            expires DOUBLE PRECISION,        -- NULL: with the visitor
            value   BYTEA NOT NULL,          -- as data/codec.py encodes it
            PRIMARY KEY (visitor, key)
        )
        """,
        "CREATE INDEX visitor_values_expires ON visitor_values (expires) WHERE expires IS NOT NULL",
    ),
)

# Two workers that start together must not both migrate. Any number that nothing else in the database uses.
_MIGRATION_LOCK = 4_070_117


def migrate(database: Database, steps: tuple[tuple[str, ...], ...] = STEPS) -> None:
    """Bring the database to the newest version; a new one gets every step, a current one is left alone.

    Raises RuntimeError if a newer release of the app has already migrated it further.
    """
    # Look before locking: a worker that starts must not wait for another's long write.
    if database.has_table("visitor_schema"):
        with database.reading() as connection:
            if _version(connection) == len(steps):
                return
    with database.writing() as connection:
        if not connection.is_sqlite:
            connection.execute("SELECT pg_advisory_xact_lock(:lock)", {"lock": _MIGRATION_LOCK})
        connection.execute("CREATE TABLE IF NOT EXISTS visitor_schema (version BIGINT PRIMARY KEY)")
        version = _version(connection)
        if version > len(steps):
            raise RuntimeError(f"The database is at version {version}; this release knows {len(steps)} at most.")
        for number in range(version, len(steps)):
            for statement in steps[number]:
                connection.execute(statement)
            connection.execute("INSERT INTO visitor_schema (version) VALUES (:version)", {"version": number + 1})


def _version(connection: Connection) -> int:
    """Return how many steps the database has behind it, 0 for a new one."""
    row = connection.execute("SELECT max(version) FROM visitor_schema").fetchone()
    return row[0] or 0
