// What an open page does by itself, with a script only. Without one, reloading does the same.

import { randomUUID } from "node:crypto";
import { setTimeout as pass } from "node:timers/promises";
import type { Browser, Locator, Page } from "@playwright/test";
import type { Demo } from "../support/demo.ts";
import type { FakeRouter } from "../support/fake-router.ts";
import { chooseRange, expectToAppear, openLink, readCsv } from "../support/portal.ts";
import { fillLink, fillRouter, ROUTER_ANSWERS } from "../support/staff.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

/** What a change may take from being stored, or told of by a router, to being seen. */
const SEEN_WITHIN = 2_000;

/** How often the router of a link that somebody looks at is asked for rates. */
const LOOK_EVERY = 10_000;

/** The shortest cycle that a tenant can have. */
const CYCLE = 60_000;

/** After a cycle, a router has to answer. */
const POLLED_WITHIN = CYCLE + ROUTER_ANSWERS;

/**
 * Waits until the newest sample of the link whose page is open is stored as `state`, and gives a moment before that:
 * the last one at which it was not.
 */
async function untilStored(page: Page, state: string): Promise<number> {
  const csv = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
  let [before, asked] = [0, Date.now()];
  const stored = async () => {
    [before, asked] = [asked, Date.now()];
    // Samples in this file come from the database itself.
    const answer = await page.request.get(new URL(csv ?? "", page.url()).href);
    return readCsv(await answer.text()).at(-1)?.state;
  };
  await expect.poll(stored, { intervals: [50], timeout: POLLED_WITHIN }).toBe(state);
  return before;
}

/** Fetches all that is live, as `change` makes it: as if one had looked at another tab for a moment. */
async function fetchLive(page: Page, change: (html: string) => string): Promise<void> {
  await page.route(page.url(), async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });
  await page.evaluate(() => {
    for (const hidden of [true, false]) {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }
  });
}

/** What is still being fetched for a page is let finish: without the page there is nobody to hand it to. */
test.afterEach(async ({ page }) => {
  await page.unrouteAll({ behavior: "wait" });
});

/** The wall clock of the second tenant in so many minutes, as a field for date and time has it. */
function inRiga(minutes: number): string {
  const time = new Date(Date.now() + minutes * 60_000);
  return time.toLocaleString("sv-SE", { timeZone: "Europe/Riga" }).replace(" ", "T").slice(0, 16);
}

test("a change that was stored is on an open page within two seconds @js", async ({ page, browser, demo }) => {
  // The second tenant, so that nobody else's journey finds a window that it did not plan.
  const tenant = demo.strangers;
  await signIn(page, demo.signIn("portal", tenant));
  await page.getByRole("main").getByRole("article").first().getByRole("link").click();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const link = page.url();

  const staff = await (await browser.newContext()).newPage();
  await signIn(staff, demo.signIn("admin", tenant));
  await staff.goto(`${tenant.url}/admin/maintenance/new`);
  await staff.getByLabel("Title").fill("Fibre splice");
  await staff.getByLabel("Starts").fill(inRiga(60));
  await staff.getByLabel("Ends").fill(inRiga(120));
  await staff.getByRole("button", { name: "Plan maintenance" }).click();
  // The answer to the change is the moment from which the customer's page is timed.
  await staff.waitForURL((url) => !url.pathname.endsWith("/new"));

  await expect(page.getByText("Fibre splice").first()).toBeVisible({ timeout: SEEN_WITHIN });
  expect(page.url()).toBe(link);
  await staff.context().close();
});

/**
 * Lets staff poll each minute, and add the router and a link, both of this name. What the router is not heard of at
 * once, only its polls tell.
 */
async function addLink(browser: Browser, demo: Demo, router: FakeRouter, name: string, heard: boolean): Promise<void> {
  await test.step("staff poll each minute, and add the router and a link", async () => {
    const staff = await (await browser.newContext()).newPage();
    await signIn(staff, demo.signIn("admin"));
    await staff.goto(`${demo.ours.url}/admin/settings`);
    await staff.getByLabel("Routers are polled").selectOption({ label: "every minute" });
    await staff.getByRole("button", { name: "Save" }).click();
    await expect(staff.getByText("Settings changed.")).toBeVisible();
    await staff.goto(`${demo.ours.url}/admin/routers/new`);
    await staff.getByLabel("Hear of changes at once").setChecked(heard);
    await fillRouter(staff, name, router.account, "No encryption");
    const port = staff.getByRole("checkbox", { name: /\bether1\b/ });
    await expectToAppear(staff, port, ROUTER_ANSWERS);
    await port.check();
    await staff.getByRole("button", { name: "Make links of the chosen" }).click();
    await fillLink(staff, name, "Harbour Hotels");
    await staff.context().close();
  });
}

/** Lets staff say whether the router is heard of at once. */
async function hearOf(browser: Browser, demo: Demo, name: string, heard: boolean): Promise<void> {
  const staff = await (await browser.newContext()).newPage();
  await signIn(staff, demo.signIn("admin"));
  await staff.goto(`${demo.ours.url}/admin/routers`);
  await staff.getByRole("link", { name, exact: true }).click();
  await staff.getByRole("link", { name: "Edit", exact: true }).click();
  await staff.getByLabel("Hear of changes at once").setChecked(heard);
  await staff.getByRole("button", { name: "Save" }).click();
  await staff.waitForURL((url) => !url.pathname.endsWith("/edit"));
  await staff.context().close();
}

/** Does it early in a second of the clock, so that what takes a moment to be told is still of that second. */
async function earlyInASecond(act: () => Promise<unknown>): Promise<void> {
  await pass(1_000 - (Date.now() % 1_000) + 20);
  await act();
}

/** The second in which it was, on the wall clock of the first tenant. */
function second(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin" });
}

test("a link that goes down is on its customer's open page within two seconds of being stored", async ({ page, browser, demo, router }) => {
  test.setTimeout(240_000);
  const name = `Harbour Hotels · pier ${randomUUID().slice(0, 8)}`;
  await addLink(browser, demo, router, name, false);

  await signIn(page, demo.signIn("portal"));
  await openLink(page, name);
  await expectToAppear(page, page.getByText("The link is up."), ROUTER_ANSWERS);
  if (hasScripts()) await expect(page.getByText("Live", { exact: true })).toBeVisible();
  let loads = 0;
  page.on("load", () => (loads += 1));

  await router.obey("down ether1");
  const down = page.getByText("The link is down.");
  if (hasScripts()) {
    const seen = down.waitFor({ timeout: POLLED_WITHIN }).then(() => Date.now());
    const [stored, shown] = await Promise.all([untilStored(page, "down"), seen]);
    expect(shown - stored).toBeLessThan(SEEN_WITHIN);
    expect(loads, "times that the page was loaded anew").toBe(0);
  } else {
    await untilStored(page, "down");
    await expectToAppear(page, down, SEEN_WITHIN);
  }
});

test("a drop between two polls is seen at once, and has its seconds whether the router told of it or not", async ({ page, browser, demo, router }) => {
  test.setTimeout(360_000);
  const name = `Harbour Hotels · quay ${randomUUID().slice(0, 8)}`;
  await addLink(browser, demo, router, name, true);
  await signIn(page, demo.signIn("portal"));
  await openLink(page, name);
  const [up, down] = [page.getByText("The link is up."), page.getByText("The link is down.")];
  const listed = (...texts: string[]) =>
    texts.reduce((row, text) => row.filter({ hasText: text }), page.getByRole("table", { name: "Outages" }).getByRole("row"));
  await expectToAppear(page, up, ROUTER_ANSWERS);
  if (hasScripts()) await expect(page.getByText("Live", { exact: true })).toBeVisible();
  let loads = 0;
  page.on("load", () => (loads += 1));

  await router.nextPoll();
  const polled = Date.now();
  const before = await router.polls();
  await test.step("the router tells of a drop of twenty seconds", async () => {
    await earlyInASecond(() => router.obey("down ether1"));
    const over = pass(20_000);
    const told = await router.stamps("ether1");
    await expectToAppear(page, down, SEEN_WITHIN);
    await expectToAppear(page, listed(second(told.down), "Ongoing"), SEEN_WITHIN);
    await over;
    await earlyInASecond(() => router.obey("up ether1"));
    await expectToAppear(page, up, SEEN_WITHIN);
    const { down: began, up: ended } = await router.stamps("ether1");
    await expectToAppear(page, listed(second(began), second(ended), "does not count"), SEEN_WITHIN);
    expect(await router.polls(), "polls until then").toBe(before);
    if (hasScripts()) expect(loads, "times that the page was loaded anew").toBe(0);
  });

  await test.step("nobody listens to the router, and its next poll tells of a drop", async () => {
    await hearOf(browser, demo, name, false);
    // A poll follows the change at once.
    await expect.poll(() => router.polls(), { timeout: ROUTER_ANSWERS }).toBeGreaterThan(before);
    if (Date.now() - polled > CYCLE - 20_000) await router.nextPoll();
    const polls = await router.polls();
    await router.obey("down ether1");
    await pass(10_000);
    await router.obey("up ether1");
    expect(await router.polls(), "polls until then").toBe(polls);
    const { down: began, up: ended } = await router.stamps("ether1");
    await expect(listed(second(began))).toHaveCount(0);
    await expectToAppear(page, listed(second(began), second(ended), "does not count"), POLLED_WITHIN);
  });
});

test("the rates of a link move on its open page @js", async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal"));
  await openLink(page, "Harbour Hotels · Berlin");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const download = page.locator(".meter", { has: page.getByRole("meter", { name: "Download" }) });
  const before = await download.innerText();
  expect(before).toMatch(/bit\/s of 200/);
  // What is read has to change, not only when it was measured.
  await expect(download).not.toHaveText(before, { useInnerText: true, timeout: 2 * LOOK_EVERY + SEEN_WITHIN });
  await expect(download).toHaveText(/bit\/s of 200/);
});

test("who reads a graph with the keyboard stays where they are when it is brought up to date @js", async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal"));
  await openLink(page, "Harbour Hotels · Berlin");
  // Its days stay where they are while the journey lasts.
  await chooseRange(page, "1 y");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const graph = page.getByRole("figure").filter({ has: page.getByRole("heading", { name: "Traffic" }) });
  const drawing = graph.locator("svg").first();
  await drawing.focus();
  for (const key of ["PageUp", "PageUp", "ArrowLeft"]) await drawing.press(key);
  const read = await graph.getByRole("status").innerText();
  await fetchLive(page, (html) => html.replaceAll("Traffic", "Volume"));
  await expect(graph).toHaveCount(0);
  const redrawn = page.getByRole("figure").filter({ has: page.getByRole("heading", { name: "Volume" }) });
  await expect(redrawn.locator("svg").first()).toBeFocused();
  await expect(redrawn.getByRole("status")).toHaveText(read, { useInnerText: true });

  await test.step("its moment is read though the graph has slid on by a day", async () => {
    const moment = (figure: Locator) => figure.getByRole("status").locator(".muted");
    const before = await moment(redrawn).innerText();
    const aDayOn = (_: string, edge: string, second: string) => `data-${edge}="${Number(second) + 86_400}"`;
    await fetchLive(page, (html) => html.replaceAll("Traffic", "Flow").replace(/data-(from|to)="(\d+)"/g, aDayOn));
    await expect(redrawn).toHaveCount(0);
    const slid = page.getByRole("figure").filter({ has: page.getByRole("heading", { name: "Flow" }) });
    await expect(slid.locator("svg").first()).toBeFocused();
    await expect(moment(slid)).toHaveText(before, { useInnerText: true });
  });
});

test("what was selected on a graph and left does not keep it from being brought up to date @js", async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal"));
  await openLink(page, "Harbour Hotels · Berlin");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const drawing = page.locator("#link-graphs svg").first();
  await drawing.focus();
  for (const key of ["ArrowLeft", "Shift+PageUp"]) await drawing.press(key);
  await expect(drawing.locator(".graph-chosen")).toHaveCount(1);
  await page.getByRole("link", { name: "24 h" }).focus();
  await expect(drawing.locator(".graph-chosen")).toHaveCount(0);
  await fetchLive(page, (html) => html.replaceAll("Traffic", "Volume"));
  await expect(page.getByRole("heading", { name: "Volume" })).toBeVisible();
});

test("a page that refuses its range is brought up to date, and tells of zooming where there is a graph @js", async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal"));
  await openLink(page, "Harbour Hotels · Berlin");
  const link = page.url();
  const hint = page.getByText("Or drag across a graph.");
  await page.goto(`${link}/table?from=never&to=never`);
  await expect(page.getByLabel("From")).toBeVisible();
  await expect(hint).toBeHidden();
  await page.goto(`${link}?from=never&to=never`);
  await expect(hint).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await fetchLive(page, (html) => html.replace('id="link-outages"', 'id="link-outages" title="fetched"'));
  await expect(page.locator("#link-outages")).toHaveAttribute("title", "fetched");
});

test("what has not changed is left as it is when a page is brought up to date @js", async ({ page, demo }) => {
  await signIn(page, demo.signIn("portal"));
  await openLink(page, "Harbour Hotels · Berlin");
  const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`${page.url()}?from=${day}&to=${day}`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const graphs = page.locator("#link-graphs");
  await graphs.evaluate((part) => (part.dataset.mark = ""));
  await fetchLive(page, (html) => html.replace('id="link-outages"', 'id="link-outages" title="fetched"'));
  await expect(page.locator("#link-outages")).toHaveAttribute("title", "fetched");
  await expect(graphs).toHaveAttribute("data-mark");
});

test("without a script a page is brought up to date by reloading it", async ({ page, demo }) => {
  test.skip(test.info().project.name === "js", "with one it does that by itself");
  await signIn(page, demo.signIn("portal"));
  await openLink(page, "Harbour Hotels · Berlin");
  await expect(page.getByText("Live", { exact: true })).toBeHidden();
  await page.reload();
  await expect(page.locator("#link-now")).toContainText("Mbit/s");
});
