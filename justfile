# Recipes for people; CI runs the same scripts.

# Every claim, in every lane; arguments are those of `soundcheck check`.
check *ARGS:
    cargo soundcheck check {{ARGS}}

# All tests.
test:
    cargo test --workspace

# The diagnostics that users read, against their snapshots.
ui:
    cargo test -p ui-fail

# Rewrites the snapshots of the cases whose path contains CASE (marks are never rewritten).
bless CASE:
    cargo soundcheck bless {{CASE}}

# The same cases by four runners, with what each costs; `just bench --quick` is a first look.
bench *ARGS:
    cargo bench -p soundcheck -- {{ARGS}}

# Every verdict in batches, and again with one rustc a case: the ledgers must be the same.
isolated:
    ci/nightly/isolated

# The same verdicts from shuffled batches on one to eight processes, N times.
shuffle N *ARGS:
    #!/usr/bin/env bash
    set -euo pipefail
    for seed in $(seq {{N}}); do
        cargo soundcheck check --no-cache --seed "$seed" --jobs $((seed % 8 + 1)) \
            --lane verdict --lane twins {{ARGS}} | grep ^ledger
    done | sort | uniq -c | tee /dev/stderr | awk 'END { exit NR != 1 }'

# All that CI runs.
ci:
    .ci/run
