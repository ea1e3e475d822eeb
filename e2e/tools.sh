# Where the programs are that the tests need. Sourced by the scripts beside it; it installs nothing.

# A Node that the prerequisites fetched, because the distribution's is too old.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
fetched_node="$root/target/node"
if [ -x "$fetched_node/node_modules/node/bin/node" ]; then
    PATH="$fetched_node/node_modules/node/bin:$PATH"
fi

# The browser of this machine is used, never a downloaded one.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

# The browser's path, or failure. MAINSTAY_CHROMIUM names another.
chromium_path() {
    if [ -n "${MAINSTAY_CHROMIUM:-}" ]; then
        [ -x "$MAINSTAY_CHROMIUM" ] && echo "$MAINSTAY_CHROMIUM"
        return
    fi
    local name
    for name in chromium chromium-browser google-chrome-stable google-chrome; do
        command -v "$name" && return
    done
    return 1
}

# The folder of PostgreSQL's server programs, which distributions keep out of PATH. MAINSTAY_POSTGRES_BIN names another.
postgres_folder() {
    local folder
    for folder in "${MAINSTAY_POSTGRES_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort --version-sort --reverse) \
        "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
            echo "$folder"
            return
        fi
    done
    return 1
}

# Whether that PostgreSQL is one that Mainstay supports.
postgres_is_enough() {
    local folder
    folder=$(postgres_folder) && [ "$("$folder/postgres" --version | grep -o '[0-9]*' | head -n 1)" -ge 15 ]
}

# Whether Node is new enough for Playwright.
node_is_enough() {
    command -v node >/dev/null && [ "$(node --print 'process.versions.node.split(".")[0]')" -ge 20 ]
}
