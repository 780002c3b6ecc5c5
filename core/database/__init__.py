"""The database: connections, the embedded server, migrations, access control, rollups."""
