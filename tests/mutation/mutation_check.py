"""Mutation check: does a test fail when one operator of the mechanics is changed?

Draws operators at random (always the same for a seed) from materials, elements, contact, cable and metrics, changes one at a time in a copy of the
sources, builds the tests that need it and runs them until one fails. A change is caught when a test fails, crashes or does not end; one that does not
compile is not counted and another is drawn. Outcomes are kept in outcomes.csv beside this script under the text they were found with, and a second call
goes on from there: after a new test, `--again` tries the survivors anew.

Comparisons are negated and not moved onto their bound (`<` to `<=`), for on real numbers that changes nothing that happens.
"""

import argparse
import csv
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import time
from multiprocessing import Lock, Process
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTCOMES = Path(__file__).resolve().with_name("outcomes.csv")
COLUMNS = ["change_id", "file", "line", "column", "change", "outcome", "shown_by", "seconds"]

# What is changed: the folders of the mechanics, and of postprocess the files that make figures of it.
SUBJECTS = [
    "solver/materials/*.hpp",
    "solver/elements/*.[ch]pp",
    "solver/terms/*.[ch]pp",
    "postprocess/nerve_metrics.cpp",
    "postprocess/nerve_profile.cpp",
    "postprocess/thresholds.cpp",
    "postprocess/headline_figures.cpp",
    "postprocess/muscle_pressing.cpp",
    "postprocess/tissue_fields.cpp",
]

# clang-format puts blanks around binary operators and around nothing else, so that they can be told from templates, pointers and signs.
CHANGES = {
    "+": "-", "-": "+", "*": "/", "/": "*", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=",
    "<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&",
}
OPERATOR = re.compile(r"(?<= )(" + "|".join(re.escape(o) for o in sorted(CHANGES, key=len, reverse=True)) + r")(?= )")

# Unit and verification tests, those first that are nearest: what a change of the mechanics or of a figure is likely to break.
PROGRAMS = ["test_solver", "test_verification", "test_postprocess", "test_meshes", "test_scenarios"]
FIGURE_PROGRAMS = ["test_postprocess", "test_scenarios"]
QUICK = "--gtest_filter=-Long*:Study*"


def code_of(line):
    """A line with its strings and comments blanked, columns kept."""
    blank = lambda found: " " * len(found.group())
    line = re.sub(r'"(\\.|[^"\\])*"', lambda f: '"' + "." * (len(f.group()) - 2) + '"', line)
    return re.sub(r"//.*", blank, line)


def operators():
    """Every operator that can be changed: file, line and column (from 0), operator."""
    found = []
    for pattern in SUBJECTS:
        for path in sorted(ROOT.glob(pattern)):
            for number, line in enumerate(path.read_text().splitlines()):
                code = code_of(line)
                if code.lstrip().startswith("#"):
                    continue
                found += [(str(path.relative_to(ROOT)), number, m.start(), m.group()) for m in OPERATOR.finditer(code)]
    return found


def identity(file, line, column, operator):
    """The same as long as the file says the same."""
    text = (ROOT / file).read_bytes()
    return hashlib.sha256(text + f"{line}:{column}:{operator}".encode()).hexdigest()[:16]


def copy_sources(folder):
    """The tracked files as they are in the checkout, so that unchanged ones keep their age and are not built anew."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, tracked):
        source, target = ROOT / name, folder / name
        if not source.exists():
            continue
        if not target.exists() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def configure(worker):
    """Lightly optimised by clang: a change of a header is built in a minute."""
    subprocess.run(["cmake", "-S", worker / "source", "-B", worker / "build", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DCMAKE_CXX_FLAGS=-O1",
                    "-DCMAKE_C_COMPILER=clang", "-DCMAKE_CXX_COMPILER=clang++"], check=True, stdout=subprocess.DEVNULL)


def build(worker, program):
    return subprocess.run(["ninja", "-C", worker / "build", "-j1", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run(worker, program, limit_s):
    """What a program's tests say: None when all pass, else which failed first."""
    folder = worker / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "TMPDIR": str(folder)}
    try:
        ended = subprocess.run([worker / "build/tests" / program, QUICK, "--gtest_fail_fast", "--gtest_brief=1"], cwd=folder, env=environment,
                               timeout=limit_s, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    except subprocess.TimeoutExpired:
        return "did not end"
    if ended.returncode == 0:
        return None
    failed = re.search(r"\[  FAILED  \] (\S+)", ended.stdout)
    return failed.group(1).rstrip(",") if failed else f"status {ended.returncode}"


def try_change(worker, change, limits):
    """Outcome and what showed it: caught, survived or not compiled."""
    file, number, column, operator = change
    path = worker / "source" / file
    before = path.read_text()
    lines = before.splitlines(keepends=True)
    line = lines[number]
    lines[number] = line[:column] + CHANGES[operator] + line[column + len(operator):]
    path.write_text("".join(lines))
    try:
        for program in FIGURE_PROGRAMS if file.startswith("postprocess") else PROGRAMS:
            built = build(worker, program)
            if built.returncode:
                return "not compiled", (re.findall(r"error: .*", built.stdout) or ["?"])[0]
            failed = run(worker, program, limits[program])
            if failed:
                return "caught", f"{program}: {failed}"
        return "survived", ""
    finally:
        path.write_text(before)


def work(folder, index, changes, limit_s, lock):
    worker = folder / f"worker{index}"
    copy_sources(worker / "source")
    configure(worker)
    limits = {}
    for program in PROGRAMS:
        built = build(worker, program)
        if built.returncode:
            sys.exit(f"{program} does not build as it is:\n{built.stdout[-2000:]}")
        start = time.monotonic()
        failed = run(worker, program, 600)
        if failed:
            sys.exit(f"{program} fails as it is: {failed}")
        # A slow machine shall not count as a caught change.
        limits[program] = max(limit_s, 4 * (time.monotonic() - start))
    for change in changes:
        start = time.monotonic()
        outcome, shown_by = try_change(worker, change, limits)
        file, number, column, operator = change
        seconds = time.monotonic() - start
        with lock, open(OUTCOMES, "a", newline="") as out:
            csv.writer(out, lineterminator="\n").writerow([identity(*change), file, number + 1, column + 1, f"{operator} to {CHANGES[operator]}", outcome, shown_by, f"{seconds:.0f}"])
        print(f"{outcome}: {file}:{number + 1}:{column + 1} {operator} to {CHANGES[operator]} {shown_by} ({seconds:.0f} s)", flush=True)


def known_outcomes():
    if not OUTCOMES.exists():
        return {}
    with open(OUTCOMES, newline="") as rows:
        return {row[0]: row for row in csv.reader(rows)}  # a later row replaces an earlier one


def keep_only(rows):
    """One row a change that the sources still have."""
    with open(OUTCOMES, "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([COLUMNS, *rows])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=100, help="changes that compile (100)")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--workers", type=int, default=os.cpu_count())
    options.add_argument("--limit", type=float, default=60.0, help="seconds for a test program (60, or four times what it takes as it is)")
    options.add_argument("--again", action="store_true", help="try survivors anew")
    options.add_argument("--folder", type=Path, default=ROOT / "build/mutation")
    wanted = options.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    drawn = operators()
    random.Random(wanted.seed).shuffle(drawn)
    tried_again = set()
    while True:
        known = known_outcomes()
        counted, todo = [], []
        for change in drawn:
            row = known.get(identity(*change))
            if row and row[5] == "not compiled":
                continue
            if len(counted) + len(todo) == wanted.count:
                break
            if row and (row[5] == "caught" or not wanted.again or change in tried_again):
                counted.append(row)
            else:
                todo.append(change)
        if not todo:
            break
        tried_again.update(todo)
        lock = Lock()
        workers = [Process(target=work, args=(wanted.folder, k, todo[k::wanted.workers], wanted.limit, lock)) for k in range(wanted.workers)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()
        if any(each.exitcode for each in workers):
            sys.exit(2)
    keep_only([known[i] for i in (identity(*change) for change in drawn) if i in known])
    caught = sum(row[5] == "caught" for row in counted)
    for row in counted:
        if row[5] == "survived":
            print(f"survived: {row[1]}:{row[2]}:{row[3]} {row[4]}")
    print(f"{caught} of {len(counted)} changes caught ({len(drawn)} operators to draw from)")
    sys.exit(0 if caught >= 0.95 * len(counted) else 1)


if __name__ == "__main__":
    main()
