// Pictures of the main pages, light and dark, on a phone and on a desk, for people to look at: `make screenshots`.

import { defineConfig } from "@playwright/test";
import { launchOptions } from "./browser.ts";

const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true },
  desk: { viewport: { width: 1280, height: 800 } },
};

export default defineConfig({
  testDir: ".",
  testMatch: "screenshots.spec.ts",
  outputDir: "./test-results",
  globalSetup: "./support/start-demo.ts",
  fullyParallel: true,
  timeout: 120_000,
  workers: 2,
  reporter: [["list"]],
  use: { launchOptions, locale: "en-GB", timezoneId: "Europe/Berlin" },
  projects: Object.entries(SIZES).flatMap(([size, use]) =>
    (["light", "dark"] as const).map((colorScheme) => ({ name: `${size}-${colorScheme}`, use: { ...use, colorScheme } })),
  ),
});
