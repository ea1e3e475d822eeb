// The journeys, each of them twice: with JavaScript and without. Both must do the same.

import { defineConfig } from "@playwright/test";
import { launchOptions } from "./browser.ts";

export default defineConfig({
  testDir: "./journeys",
  outputDir: "./test-results",
  globalSetup: "./support/start-demo.ts",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A journey that passes at the second try has shown a fault at the first.
  retries: 0,
  // The first few faults tell enough.
  maxFailures: 10,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["./support/last-words.ts"]],
  use: {
    launchOptions,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1280, height: 800 },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  projects: [
    { name: "js" },
    // What needs a script is tagged, and there is little of it.
    { name: "nojs", use: { javaScriptEnabled: false }, grepInvert: /@js/ },
  ],
});
