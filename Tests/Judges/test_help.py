"""--help says what there is, in two languages; the pages name no option that there is not; shells take the completions."""

import json
import re
import subprocess

import pytest
from packets import BINARY, ROOT

PAGES = [
    "README.md",
    "Templates/README.md",
    "Templates/README.en.md",
    "Tests/README.md",
    "Tests/Distributed/packets_on_spark.py",
]
JAPANESE = re.compile(r"[぀-ヿ㐀-鿿]")


def commands():
    """Every subcommand with its arguments, as ArgumentParser lists them; of those that have subcommands, these."""
    dump = json.loads(subprocess.run([BINARY, "--experimental-dump-help"], capture_output=True, check=True).stdout)

    def below(command, path):
        for one in command.get("subcommands", ()):
            if one["commandName"] != "help":
                yield from below(one, [*path, one["commandName"]])
        if path and not command.get("subcommands"):
            yield " ".join(path), command

    return dict(below(dump["command"], []))


def options(command):
    return {f"--{name['name']}" for argument in command["arguments"] for name in argument.get("names", ()) if name["kind"] == "long"}


def test_every_text_is_in_both_languages():
    for command in commands().values():
        texts = [command["abstract"], *filter(None, [command.get("discussion")])]
        for argument in command["arguments"]:
            if options({"arguments": [argument]}) & {"--version", "--help"}:
                continue
            texts += [argument["abstract"], *argument.get("allValueDescriptions", {}).values()]
            # A default that is counted on this machine would make the manual another one elsewhere.
            assert not re.fullmatch(r"\d+", argument.get("defaultValue", "")), argument
        for text in texts:
            japanese, _, english = text.rpartition("\n" if "\n" in text else "。 ")
            assert JAPANESE.search(japanese) and english and not JAPANESE.search(english), text


@pytest.mark.parametrize("page", PAGES)
def test_pages_name_what_there_is(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    known = commands()
    named = 0
    for words in re.findall(r"\btokki ((?:[^`\n|<]|\|(?=\w))*)", text):
        name = next((name for name in known if re.match(rf"{name}\b", words)), None)
        if name is None:
            continue
        for option in re.findall(r"(?<!\S)\[?(--[a-z-]+)", words):
            assert option in options(known[name]), (name, option)
            named += 1
    assert named or page != "README.md"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_have_every_option(shell):
    script = subprocess.run([BINARY, "--generate-completion-script", shell], capture_output=True, check=True, text=True).stdout
    for command in commands().values():
        for option in options(command):
            assert re.search(rf"(--|-l ?'?){option[2:]}\b", script), option
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)
