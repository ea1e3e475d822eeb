// How the browser of this machine is started, for journeys and pictures alike.

import { execFileSync } from "node:child_process";
import type { LaunchOptions } from "@playwright/test";

/** Chromium as the scripts find it; nothing is ever downloaded. */
function executablePath(): string {
  const find = 'source "$0" && chromium_path';
  return execFileSync("bash", ["-c", find, "./tools.sh"], { cwd: import.meta.dirname, encoding: "utf8" }).trim();
}

export const launchOptions: LaunchOptions = {
  executablePath: executablePath(),
  // The browser talks to the demo and to nobody else, so it needs no sandbox: neither root nor most containers have one.
  chromiumSandbox: false,
  args: [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
  ],
};
