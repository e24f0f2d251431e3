"""The command line: arguments, messages, progress, exit code. The only place that prints."""

from __future__ import annotations

import argparse
import gc
import logging
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from pipeline import __version__, config, errors
from pipeline.intake.files import CASE_FILE, CaseFolder, find_cases

log = logging.getLogger("ssu")

PACKAGE = Path(__file__).parent


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code of the contract."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    _set_up_log()
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else errors.USAGE
    try:
        return arguments.command(arguments)
    except KeyboardInterrupt:
        log.error("Avbrutt. Det som var ferdig skrevet, er helt; kjør på nytt for resten.")
        return errors.INTERRUPTED
    except errors.SaksutkastError as error:
        log.error("%s", error)
        return error.exit_code
    except Exception as error:
        _unexpected(error)
        return errors.InternalError.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="ssu", description="Gjør en mappe med innspill til utkast til saksfremlegg med vedlegg.",
                     add_help=False)
    _help(parser)
    parser.add_argument("--version", action="version", version=f"ssu saksutkast {__version__}", help="vis versjonen")
    commands = parser.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True)

    def command(name: str, function: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text, add_help=False)
        _help(sub)
        sub.set_defaults(command=function)
        sub.add_argument("--inputs", type=Path, metavar="MAPPE", help="mappen med saker (standard: inputs)")
        sub.add_argument("--outputs", type=Path, metavar="MAPPE", help="mappen for utkast (standard: outputs)")
        sub.add_argument("--config", type=Path, metavar="FIL", help="innstillingsfilen (standard: config.toml)")
        return sub

    run = command("run", _run, "Les sakene og skriv utkast.")
    run.add_argument("cases", nargs="*", metavar="SAK", help="navn på saker; uten navn kjøres alle")
    status = command("status", _status, "Vis hvem som har svart, og hvilke utkast som finnes.")
    status.add_argument("cases", nargs="*", metavar="SAK", help="navn på saker; uten navn vises alle")
    check = command("check", _check, "Kontroller innstillinger, saker og maler uten å skrive noe.")
    check.add_argument("--final", type=Path, metavar="FIL", help="kan dette dokumentet publiseres?")
    schedule = command("schedule", _schedule, "Vis, sett opp eller fjern den nattlige kjøringen.")
    schedule.add_argument("--set", metavar="TT:MM", dest="at", help="sett opp kjøring hver natt på dette klokkeslettet")
    schedule.add_argument("--remove", action="store_true", help="fjern den nattlige kjøringen")
    schedule.add_argument("--kind", choices=("systemd", "cron", "windows"), help="standard: det som passer maskinen")
    watch = command("watch", _watch, "Følg med på mappen, og kjør en sak når filene i den er kommet og har sluttet å vokse.")
    watch.add_argument("cases", nargs="*", metavar="SAK", help="navn på saker; uten navn følges alle")
    watch.add_argument("--quiet", type=float, default=15.0, metavar="SEKUNDER",
                       help="så lenge må filene være uendret før saken kjøres (standard: 15)")
    evaluate = command("eval", _eval, "Mål hvor godt utsagn sorteres i temaer, på merkede data.")
    evaluate.add_argument("--data", type=Path, metavar="FIL", help="egne merkede utsagn (JSON Lines)")
    return parser


class _Parser(argparse.ArgumentParser):
    """argparse in Norwegian."""

    def error(self, message: str):
        for english, norwegian in _IN_NORWEGIAN:
            message = re.sub(english, norwegian, message)
        log.error("Kommandoen er ikke forstått: %s. Skriv «ssu --help» for hjelp.", message)
        raise SystemExit(errors.USAGE)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "bruk:", 1)


_IN_NORWEGIAN = (
    (r"argument (\S+): ", r"\1: "),
    (r"invalid choice: ('[^']*') \(choose from (.*)\)", r"\1 finnes ikke; velg blant \2"),
    (r"the following arguments are required: ", "det mangler "),
    (r"unrecognized arguments: ", "ukjent valg "),
    (r"expected one argument", "trenger en verdi"),
    (r"ambiguous option: (\S+) could match .*", r"\1 kan bety flere ting"),
)


def _help(parser: argparse.ArgumentParser) -> None:
    parser._optionals.title, parser._positionals.title = "valg", "argumenter"
    parser.add_argument("-h", "--help", action="help", help="vis denne hjelpen")


class _Place:
    """Where the case folders, settings and templates are for this call."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        beside = Path.cwd()
        shipped = next((p for p in (PACKAGE / "shipped", PACKAGE.parent) if (p / "config.toml").is_file()), PACKAGE.parent)
        self.config = arguments.config or (beside / "config.toml" if (beside / "config.toml").is_file()
                                           else shipped / "config.toml")
        home = self.config.parent if arguments.config or self.config.parent == beside else beside
        self.inputs = arguments.inputs or home / "inputs"
        self.outputs = arguments.outputs or home / "outputs"
        own = self.config.parent / "templates"
        self.templates = own if own.is_dir() else shipped / "templates"

    def settings(self, folder: CaseFolder) -> config.Settings:
        return config.load(self.config, folder.folder / CASE_FILE)

    def cases(self, wanted: Sequence[str] = ()) -> tuple[CaseFolder, ...]:
        return find_cases(self.inputs, config.load(self.config).default_case, tuple(wanted))


def _run(arguments: argparse.Namespace) -> int:
    place = _Place(arguments)
    cases = place.cases(arguments.cases)
    if not cases:
        raise errors.NothingReadable(f"Det ligger ingen saker i {place.inputs}. "
                                     "Lag en mappe for saken der, og legg svarene i den.")
    gc.set_threshold(20_000)  # hundreds of thousands of small objects that stay: at Python's 700 a tenth of a run is searching them
    told = [_run_one(place, folder) for folder in cases]
    _report(place, [entry for _, entry in told])
    return errors.worst([code for code, _ in told])


def _run_one(place: _Place, folder: CaseFolder):
    """Run a case and tell of it. Returns its exit code and its entry in the report."""
    from pipeline import report
    from pipeline.run import Progress, run_case

    settings, error, code, messages = None, "", errors.OK, ()
    target = place.outputs / folder.name
    bar = _Bar(folder.name, len(folder.files))
    try:
        settings = place.settings(folder)
        outcome = run_case(folder, settings, place.outputs, place.templates, Progress(stage=bar.stage, file=bar.file))
    except errors.SaksutkastError as problem:
        error, code = str(problem), problem.exit_code
        bar.close()
        log.error("%s: %s", folder.name, problem)
    except Exception as problem:
        error, code = "Uventet feil; se loggen.", errors.InternalError.exit_code
        bar.close()
        _unexpected(problem, folder.name)
    if error:
        print(f"{folder.name}: ingen utkast skrevet", flush=True)
    else:
        bar.close()
        code, messages = outcome.exit_code, outcome.messages
        for finding in outcome.findings:
            level = logging.WARNING if finding.kind in _URGENT else logging.INFO
            log.log(level, "%s: %s", folder.name, finding.message)
        for message in messages:
            log.warning("%s: %s", folder.name, message)
        if not outcome.news:
            log.info("%s: ingenting nytt siden sist; utkastene står som de er.", folder.name)
        print(f"{outcome.case}: {outcome.answered} svar, {outcome.missing} mangler, {len(outcome.findings)} funn"
              f" → {_shown(outcome.path)}", flush=True)
    # what a run without news says again is no news for the report
    said = messages if not error and outcome.news else ()
    return code, report.entry(folder.name, settings, target, date.today(), error=error, messages=said)


def _report(place: _Place, entries: list) -> None:
    """The run report beside the drafts, and by mail where that is switched on. Its failure does not fail the run."""
    from pipeline import report

    if not any(place.outputs.glob("*/data")):
        return  # nothing has been written for any case, and the log has said why
    try:
        page = report.write(place.outputs, entries, date.today())
        if page is None:
            return
        log.info("Rapporten ligger i %s", _shown(page))
        mail = config.load(place.config).mail
        if mail.server:
            from pipeline import notify

            notify.send(mail, report.subject(entries), report.text(entries, date.today(), findings=False))
    except (OSError, errors.SaksutkastError) as problem:
        log.warning("%s", problem)


def _watch(arguments: argparse.Namespace) -> int:
    from pipeline import watch

    place = _Place(arguments)
    log.info("Følger med på %s. Avslutt med Ctrl+C.", place.inputs)

    def run(folder: CaseFolder) -> bool:
        code, entry = _run_one(place, folder)
        if code != errors.CaseBusy.exit_code:
            _report(place, [entry])
        return code != errors.CaseBusy.exit_code

    watch.watch(lambda: place.cases(arguments.cases), run, quiet=arguments.quiet)
    return errors.OK


_URGENT = {"failed", "unsupported", "unknown_body"}


def _status(arguments: argparse.Namespace) -> int:
    from pipeline import status

    place = _Place(arguments)
    for folder in place.cases(arguments.cases):
        settings = place.settings(folder)
        for line in status.lines(folder, settings, place.outputs / folder.name):
            print(line)
    return errors.OK


def _check(arguments: argparse.Namespace) -> int:
    from pipeline import check

    place = _Place(arguments)
    if arguments.final:
        problems = check.final(arguments.final)
        for problem in problems:
            print(problem)
        print(f"{arguments.final.name}: " + ("kan ikke publiseres ennå" if problems else "klar for publisering"))
        return errors.TemplateError.exit_code if problems else errors.OK
    codes = []
    faults = dict.fromkeys(check.templates(place.templates, config.load(place.config).documents.template))
    for folder in place.cases():
        try:
            settings = place.settings(folder)
            faults |= dict.fromkeys(check.templates(place.templates, settings.documents.template))
            print(f"{folder.name}: innstillingene er i orden, {len(folder.files)} filer")
        except errors.SaksutkastError as error:
            log.error("%s", error)
            codes.append(error.exit_code)
    for fault in faults:
        log.error("%s", fault)
    if faults:
        codes.append(errors.TemplateError.exit_code)
    else:
        print("Malene er i orden.")
    return errors.worst(codes)


def _schedule(arguments: argparse.Namespace) -> int:
    from pipeline import schedule

    place = _Place(arguments)
    if arguments.at and arguments.remove:
        log.error("Velg enten --set eller --remove, ikke begge.")
        return errors.USAGE
    job = schedule.Job(config=place.config.resolve(), inputs=place.inputs.resolve(), outputs=place.outputs.resolve(),
                       at=schedule.parse_time(arguments.at or schedule.DEFAULT_TIME))
    kind = arguments.kind or schedule.default_kind()
    if arguments.remove:
        print(schedule.remove(kind))
    elif arguments.at:
        print(schedule.install(kind, job))
    else:
        print(schedule.show(kind, job))
    return errors.OK


def _eval(arguments: argparse.Namespace) -> int:
    from pipeline.language import evaluate

    print(evaluate.report(arguments.data) if arguments.data else evaluate.report())
    return errors.OK


class _Bar:
    """Progress: a bar on a terminal, plain lines elsewhere, always on standard error."""

    def __init__(self, case: str, files: int) -> None:
        self._case = case
        self._bar = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=files + 5, desc=case, bar_format="{desc} |{bar}| {postfix}", file=sys.stderr)

    def stage(self, text: str) -> None:
        if self._bar is not None:
            self._bar.set_postfix_str(text)
            self._bar.update(1)
        else:
            log.info("%s: %s", self._case, text)

    def file(self, source: str) -> None:
        if self._bar is not None:
            self._bar.update(1)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _set_up_log() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False


def _unexpected(error: Exception, case: str = "") -> None:
    # Only places in our code: the message of a strange error may hold a respondent's words.
    where = traceback.extract_tb(error.__traceback__)
    trail = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(where[-4:]))
    log.error("%sUventet feil (%s) i %s. Ingenting er ødelagt; meld feilen med denne linjen.",
              f"{case}: " if case else "", type(error).__name__, trail)


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
