"""`python -m tests.dependency_audit`: whether a package that is installed here has a known weakness.

Where the list of weaknesses can not be reached it says so and does not pass: nobody knows then. With `--where-reached`
it only says so, for machines that reach package registries alone.
"""

import json
import subprocess
import sys

NOT_KNOWN = 2
_SECONDS = 240
_OF_THE_ENVIRONMENT = ("pip", "setuptools", "wheel")
"""What every virtual environment has of its own, and Recoup neither asks for nor uses."""


def main() -> int:
    """1 where a package has a known weakness, 2 where that is not known, else 0."""
    command = [sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        audited = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        print("The dependencies were not audited: the list of known weaknesses can not be reached.", file=sys.stderr)
        return NOT_KNOWN
    audited = [each for each in audited if each["name"] not in _OF_THE_ENVIRONMENT]
    skipped = [each["name"] for each in audited if "skip_reason" in each]
    weak = [each for each in audited if each.get("vulns")]
    for package in weak:
        for weakness in package["vulns"]:
            mended = ", ".join(weakness["fix_versions"]) or "nothing yet"
            print(f"{package['name']} {package['version']}: {weakness['id']}, mended in {mended}", file=sys.stderr)
    if len(skipped) == len(audited):
        print("The dependencies were not audited: none of them is in the list that can be reached.", file=sys.stderr)
        return NOT_KNOWN
    print(f"{len(audited) - len(skipped)} packages audited, {len(weak)} weak; {len(skipped)} are not in the list.")
    return 1 if weak else 0


if __name__ == "__main__":
    status = main()
    sys.exit(0 if status == NOT_KNOWN and "--where-reached" in sys.argv else status)
