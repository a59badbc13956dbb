#!/bin/sh
# Runs sakip from the folder in which this lies: with the Python in `python`, else with the system's of the same version.
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd -P)
for python in "$here/python/bin/python@VERSION@" python@VERSION@; do
    if command -v "$python" >/dev/null 2>&1; then
        exec "$python" -I "$here/mulai.py" "$@"
    fi
done
if python3 -I -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "@VERSION@")' 2>/dev/null; then
    exec python3 -I "$here/mulai.py" "$@"
fi
echo "Python @VERSION@ tidak ada di komputer ini. Petugas TI: baca BACA-DULU.txt di map ini." >&2
exit 9
