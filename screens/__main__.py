from screens.cli import app

app()
