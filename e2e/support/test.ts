// The `test` of all journeys: it knows the demo, starts a router where one is asked for, and no page may break the
// content security policy or log an error.

import { test as base, expect } from "@playwright/test";
import { Demo } from "./demo.ts";
import { FakeRouter } from "./fake-router.ts";

export { expect };

export const test = base.extend<{ router: FakeRouter; quiet: void }, { demo: Demo }>({
  demo: [async ({}, use) => use(new Demo()), { scope: "worker" }],

  router: async ({}, use) => {
    const router = await FakeRouter.start();
    await use(router);
    await router.stop();
  },

  quiet: [
    async ({ context }, use) => {
      const faults: string[] = [];
      context.on("weberror", (error) => faults.push(error.error().message));
      context.on("console", (message) => {
        // A refused page is reported by the browser, too; journeys ask for such pages on purpose.
        const refused = message.text().startsWith("Failed to load resource: the server responded with a status of 4");
        if (message.type() === "error" && !refused) faults.push(`${message.text()} (${message.location().url})`);
      });
      await use();
      expect(faults, "errors on the browser's console").toEqual([]);
    },
    { auto: true },
  ],
});

/** Whether scripts run in this journey. */
export function hasScripts(): boolean {
  return test.info().project.name !== "nojs";
}
