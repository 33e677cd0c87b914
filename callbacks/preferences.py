"""Callbacks of the preferences: a kept language reaches the first call, so the page never shows another."""

from typing import Any

from dash import Input, Output, callback

from errors import BadInput

LANGUAGES = {"en": "English", "fr": "Français", "nb": "Norsk"}

LABELS = {
    "en": {"greeting": "Good morning!", "name": "Your name", "button": "Save", "count": "You have 3 letters."},
    "fr": {"greeting": "Bonjour !", "name": "Votre nom", "button": "Enregistrer", "count": "Vous avez 3 lettres."},
    "nb": {"greeting": "God morgen!", "name": "Navnet ditt", "button": "Lagre", "count": "Du har 3 brev."},
}


@callback(
    Output("preferences-card", "lang"),
    *[Output(f"preferences-{label}", "children") for label in LABELS["en"]],
    Input("preferences-language", "value"),
)
def speak(language: Any) -> list[str]:
    """Return the language, for screen readers, and every label in it."""
    if not isinstance(language, str) or language not in LABELS:
        raise BadInput(f"There are no labels in {str(language)[:60]!r}. Choose one of {', '.join(LANGUAGES.values())}.")
    return [language, *LABELS[language].values()]
