"""What holds the house together: floors, translations, the wheel, the clauses."""

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import build_version
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from screens.case_records import NOTES

ROOT = Path(__file__).parent.parent
FLOORS = ("desk", "data", "screens")
SOURCES = [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if "migrations" not in path.parts]


@pytest.mark.parametrize(
    ("module", "absent"),
    [("desk.passes", ["textual", "typer", "rich"]), ("screens.app", ["sqlmodel", "sqlalchemy", "typer", "pypinyin"])],
)
def test_importing_a_floor_loads_nothing_that_is_not_its_own(module: str, absent: list[str]) -> None:
    code = f"import sys, {module}; print([name for name in {absent} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_every_text_a_person_reads_is_translated_with_its_values() -> None:
    with (ROOT / "data/locale/zh/LC_MESSAGES/qiantai.po").open("rb") as file:
        catalog = read_po(file)
    keywords = {"_": None, "N_": None}
    used = {
        message
        for floor in FLOORS
        for _name, _line, message, _comments, _context in extract_from_dir(ROOT / floor, keywords=keywords)
    }
    assert used
    missing = [text for text in used if not (found := catalog.get(text)) or not found.string or found.fuzzy]
    assert missing == []

    def fields(text: str) -> set[str]:
        return {part.partition("}")[0] for part in text.split("{")[1:]}

    assert [text for text in used if fields(text) != fields(catalog[text].string)] == []


def test_every_help_text_of_the_command_line_is_translated() -> None:
    from screens.cli.commands import program
    from screens.cli.help_texts import texts

    with (ROOT / "data/locale/zh/LC_MESSAGES/qiantai.po").open("rb") as file:
        catalog = read_po(file)
    found = texts(program())
    assert len(found) > 100
    assert [text for text in found if not (known := catalog.get(text)) or not known.string] == []


def test_no_text_hides_from_translation_inside_an_f_string() -> None:
    hidden = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
                named = [c for c in calls if isinstance(c.func, ast.Name) and c.func.id in ("_", "N_")]
                hidden += [f"{path.name}:{c.lineno}" for c in named if c.args and isinstance(c.args[0], ast.Constant)]
    assert hidden == []


def test_no_screen_hands_a_bare_string_to_a_widget_that_reads_markup() -> None:
    """Static, Label, Button and notify read plain strings as markup."""
    bare = []
    for path in (ROOT / "screens").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0] if node.args else None
            literal = isinstance(first, ast.Constant | ast.JoinedStr)
            if name in ("Static", "Label", "Button") and literal:
                bare.append(f"{path.name}:{node.lineno}")
            if (
                name == "notify"
                and "app" in ast.dump(node.func)
                and not any(word.arg == "markup" for word in node.keywords)
            ):
                bare.append(f"{path.name}:{node.lineno}")
    assert bare == []


def test_only_one_place_reads_the_wall_clock() -> None:
    readers = []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        if "datetime.now(" in text or "utcnow(" in text or "date.today(" in text:
            readers.append(path.relative_to(ROOT).as_posix())
    assert readers == ["desk/ground/wallclock.py"]


def test_every_public_thing_says_what_it_does() -> None:
    silent = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{path.name}:{node.name}")
    assert silent == []


def test_no_registry_is_named_in_a_file() -> None:
    hosts = ["py" + "pi.org", "python" + "hosted", "registry." + "npmjs"]
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    for name in listed.split():
        path = ROOT / name
        if path.is_file() and path.suffix in ("", ".txt", ".toml", ".md", ".py", ".cfg"):
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not [host for host in hosts if host in text], name


def test_the_wheel_holds_the_house_and_answers_in_a_fresh_place(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    wheel = next(tmp_path.glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "data/reference/standards.toml",
        "data/locale/zh/LC_MESSAGES/qiantai.mo",
        "screens/room.tcss",
        "data/migrations/versions/0001_house.py",
        "desk/passes/life.py",
        "data/reference/letters.txt",
        "data/reference/goods.toml",
        "data/reference/fonts/NotoSansSC-Regular.ttf",
    ):
        assert f"qiantai/{wanted}" in names
    assert not [name for name in names if "/tests/" in name or "/scripts/" in name]
    fresh = tmp_path / "fresh"
    subprocess.run([sys.executable, "-m", "venv", str(fresh)], check=True)
    site = next((fresh / "lib").glob("python*/site-packages"))
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([str(fresh / "bin/python"), *install], check=True, capture_output=True)
    ours = Path(next(p for p in sys.path if p.endswith("site-packages")))
    (site / "borrowed.pth").write_text(f"import sys; sys.path.append({str(ours)!r})\n")
    done = subprocess.run(
        [str(fresh / "bin/desk"), "--version"], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.startswith(f"qiantai {build_version.version()}, ")


def test_whatever_is_written_down_about_a_record_has_a_name() -> None:
    said: dict[str, str] = {}
    for path in (ROOT / "desk").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "write_down" and len(node.args) > 2:
                kinds = [one.value for one in ast.walk(node.args[2]) if isinstance(one, ast.Constant)]
                kinds += [
                    names[one.id] for one in ast.walk(node.args[2]) if isinstance(one, ast.Name) and one.id in names
                ]
                said |= dict.fromkeys((str(kind) for kind in kinds), path.name)
    # What two values decide between, and what was mended, which has names of its own.
    known = {*NOTES, "yes", "adopted", "mend:"}
    assert len(said) > 40
    assert {kind: path for kind, path in said.items() if kind not in known} == {}
