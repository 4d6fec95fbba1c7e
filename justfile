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

# Rewrites the snapshots of the cases whose path contains CASE (contracts are never rewritten).
bless CASE:
    cargo soundcheck bless {{CASE}}

# The same cases by four runners, with what each costs; `just bench --quick` is a first look.
bench *ARGS:
    cargo bench -p soundcheck -- {{ARGS}}

# All that CI runs.
ci:
    .ci/run
