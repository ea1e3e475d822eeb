// Nothing of a tenant is there for anybody else: every address that its people can reach is tried as another tenant's
// people and as nobody.

import type { Browser, Page } from "@playwright/test";
import type { Area } from "../support/demo.ts";
import { expect, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

/** How many addresses of one kind are tried: the others differ in their id alone. */
const OF_A_KIND = 2;

/** The id of a thing in a path. */
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What else tells two things of one kind apart: a time, or a month. */
const NUMBER = /\/\d[\d-]*(?=$|[/.])/g;

const AREAS = ["portal", "admin"] as const satisfies Area[];

/** Every path of the area that pages of it lead to, from its first page on. */
async function walk(page: Page, area: Area): Promise<string[]> {
  const start = new URL(page.url());
  const found = new Set([start.pathname]);
  const waiting = [start.pathname];
  const kinds = new Map<string, number>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    await page.goto(new URL(path, start).href, { waitUntil: "domcontentloaded" });
    // Links in a picture have an `href` of another kind than those of a page.
    const hrefs = await page
      .locator("a[href]:not([download])")
      .evaluateAll((links) => links.map((link) => new URL(link.getAttribute("href") ?? "", document.baseURI).href));
    for (const url of hrefs.map((href) => new URL(href))) {
      if (url.origin !== start.origin || !url.pathname.startsWith(`/${area}/`) || found.has(url.pathname)) continue;
      const kind = url.pathname.replaceAll(ID, "{id}").replaceAll(NUMBER, "/{number}");
      const known = kinds.get(kind) ?? 0;
      if (known === OF_A_KIND) continue;
      kinds.set(kind, known + 1);
      found.add(url.pathname);
      if (!url.pathname.endsWith(".csv")) waiting.push(url.pathname);
    }
  }
  return [...found];
}

async function fresh(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

for (const area of AREAS) {
  test(`nothing of one tenant's ${area} is there for another's people, or for nobody`, async ({ page, browser, demo }) => {
    // Every address three times, and there are more with every page of the product.
    test.setTimeout(600_000);
    await signIn(page, demo.signIn(area));
    const paths = await walk(page, area);
    const things = paths.filter((path) => path.search(ID) >= 0);
    expect(things.length, `addresses of single things among ${paths.join(" ")}`).toBeGreaterThan(3);

    await test.step("as another tenant's people, on their own site", async () => {
      const stranger = await fresh(browser);
      await signIn(stranger, demo.signIn(area, demo.strangers));
      for (const path of things) {
        const response = await stranger.goto(demo.strangers.url + path, { waitUntil: "domcontentloaded" });
        expect(response?.status(), path).toBe(404);
      }
      await expect(stranger.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
      const names = demo.ours.name;
      expect(await stranger.content()).not.toContain(names);

      // Their session is worth nothing on our site.
      const cookies = (await stranger.context().cookies(demo.strangers.url)).map(({ name, value }) => ({ name, value, url: demo.ours.url }));
      expect(cookies.length).toBeGreaterThan(0);
      await stranger.context().addCookies(cookies);
      await stranger.goto(`${demo.ours.url}/${area}`);
      await expect(stranger).toHaveURL(new RegExp(`/${area}/sign-in`));
      await stranger.context().close();
    });

    await test.step("as nobody", async () => {
      const nobody = await fresh(browser);
      for (const path of paths) {
        await nobody.goto(demo.ours.url + path, { waitUntil: "domcontentloaded" });
        expect(new URL(nobody.url()).pathname, path).toBe(`/${area}/sign-in`);
      }
      await nobody.context().close();
    });
  });
}

