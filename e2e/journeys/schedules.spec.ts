// What is done to a server at fixed times: a customer's nightly snapshot, who may not touch it, and a time that comes.

import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import type { Demo } from "../support/demo.ts";
import { signInNewViewer } from "../support/people.ts";
import { expectToAppear } from "../support/portal.ts";
import { DONE_WITHIN } from "../support/servers.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

/** A server of our client's that no other journey touches, and whose plan has room for several snapshots. */
const SERVER = "build-01";

/**
 * A time of day about half a day away, so that nothing comes due meanwhile. The journeys with scripts and without share
 * one demo and this server: each has an hour to itself. None is in the hours in which clocks are put forward or back.
 */
function at(minutes: string): string {
  const now = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", hourCycle: "h23" }).format();
  const hour = (Number(now) + (hasScripts() ? 11 : 13)) % 24;
  const usual = hour === 2 || hour === 3 ? hour + 12 : hour;
  return `${String(usual).padStart(2, "0")}:${minutes}`;
}

/** How far away a time is that is to come soon, in milliseconds: enough to type it in, and a minute more at most. */
const TYPED_WITHIN = 30_000;
const SOON = TYPED_WITHIN + 60_000;

/** The next full minute in UTC, where no clock is put forward or back, that is not over before it is typed in. */
function soon(): string {
  const minute = 60_000;
  return new Date(Math.ceil((Date.now() + TYPED_WITHIN) / minute) * minute).toISOString().slice(11, 16);
}

/** Opens the server's page from the list, where its customer finds it. */
async function openServer(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.ours.url}/portal/servers`);
  await page.getByRole("link", { name: SERVER, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(SERVER);
}

/** The schedule at this time of day, as the server's page lists it. */
function schedule(page: Page, time: string): Locator {
  return page.getByRole("table", { name: "Schedules" }).getByRole("row").filter({ hasText: time });
}

/** When it comes next. */
function next(row: Locator): Locator {
  return row.getByRole("cell").nth(1).locator("time");
}

test("a client has a server put into a snapshot each night, changes when, lets it rest, and ends it", async ({ page, demo }) => {
  const [nightly, weekly] = [at("30"), at("45")];
  await signIn(page, demo.signIn("portal"));
  await openServer(page, demo);

  await test.step("make it, with a mistake first", async () => {
    await page.getByRole("link", { name: "New schedule" }).click();
    await expect(page.getByRole("combobox", { name: "What" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("combobox", { name: "What" }).selectOption({ label: "Take a snapshot" });
    await page.getByLabel(/^Snapshots to keep/).fill("none");
    await page.getByLabel("Time", { exact: true }).fill(nightly);
    await page.getByRole("button", { name: "Save" }).click();
    // Said above the form, with a way to the field, and at the field itself.
    await expect(page.getByRole("link", { name: "Type a whole number from 1 to 50." })).toBeVisible();
    await expect(page.getByLabel(/^Snapshots to keep/)).toHaveAccessibleDescription(/Type a whole number from 1 to 50\./);
    await expectAccessible(page);
    // What was typed is still there.
    await expect(page.getByLabel(/^Snapshots to keep/)).toHaveValue("none");
    await expect(page.getByLabel("Time", { exact: true })).toHaveValue(nightly);
    await expect(page.getByRole("combobox", { name: "What" }).locator("option:checked")).toHaveText("Take a snapshot");
  });

  await test.step("no more are kept than the server has room for", async () => {
    await page.getByLabel(/^Snapshots to keep/).fill("5");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByLabel(/^Snapshots to keep/)).toHaveAccessibleDescription(/There may be 5 snapshots of this server/);
    await page.getByLabel(/^Snapshots to keep/).fill("3");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The schedule is set.")).toBeVisible();
  });

  await test.step("see what it does and when it comes next", async () => {
    const row = schedule(page, nightly);
    await expect(row).toContainText("Take a snapshot");
    await expect(row).toContainText("keeps the newest 3");
    await expect(row).toContainText(`${nightly} every day (Europe/Berlin)`);
    await expect(row).toContainText("Dana Novak");
    await expect(next(row)).toHaveAttribute("title", new RegExp(`, ${nightly} CES?T$`));
    const inHours = (Date.parse((await next(row).getAttribute("datetime")) ?? "") - Date.now()) / 3_600_000;
    expect(inHours).toBeGreaterThan(-0.1);
    expect(inHours).toBeLessThan(25.1);
    await expectAccessible(page);
  });

  await test.step("change it to Sundays, and to keep fewer", async () => {
    await schedule(page, nightly).getByRole("link", { name: "Take a snapshot" }).click();
    await expect(page.getByRole("main")).toContainText("It was not due yet.");
    await expect(page.getByLabel(/^Snapshots to keep/)).toHaveValue("3");
    await expectAccessible(page);
    await page.getByLabel(/^Snapshots to keep/).fill("1");
    await page.getByLabel("Time", { exact: true }).fill(weekly);
    await page.getByRole("checkbox", { name: "Sunday" }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The schedule was changed.")).toBeVisible();
    const row = schedule(page, weekly);
    await expect(row).toContainText(`${weekly} Sun (Europe/Berlin)`);
    await expect(row).toContainText("keeps the newest");
    await expect(next(row)).toHaveAttribute("title", new RegExp(`, ${weekly} CES?T$`));
    const comes = new Date((await next(row).getAttribute("datetime")) ?? "");
    // The schedule's own Sunday: just after midnight there, it is still Saturday in UTC.
    expect(comes.toLocaleDateString("en", { timeZone: "Europe/Berlin", weekday: "long" })).toBe("Sunday");
    await expect(schedule(page, nightly)).toHaveCount(0);
  });

  await test.step("let it rest, and go on", async () => {
    const row = schedule(page, weekly);
    await row.getByRole("link", { name: "Take a snapshot" }).click();
    await page.getByRole("button", { name: "Let it rest" }).click();
    await expect(page.getByText("The schedule rests.")).toBeVisible();
    await expect(row).toContainText("Rests");
    await expect(next(row)).toHaveCount(0);
    await row.getByRole("link", { name: "Take a snapshot" }).click();
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByText("The schedule goes on.")).toBeVisible();
    await expect(next(row)).toHaveAttribute("title", new RegExp(`, ${weekly} CES?T$`));
  });

  await test.step("end it", async () => {
    await schedule(page, weekly).getByRole("link", { name: "Take a snapshot" }).click();
    await page.getByRole("button", { name: "Delete the schedule" }).click();
    await expect(page.getByText("The schedule was deleted.")).toBeVisible();
    await expect(schedule(page, weekly)).toHaveCount(0);
  });
});

test("a client's viewer sees its schedules and can neither make nor change one", async ({ page, demo, browser }) => {
  const time = at("05");
  await signIn(page, demo.signIn("portal"));
  await openServer(page, demo);
  const server = page.url();
  await page.getByRole("link", { name: "New schedule" }).click();
  await page.getByRole("combobox", { name: "What" }).selectOption({ label: "Shut down" });
  await page.getByLabel("Time", { exact: true }).fill(time);
  await page.getByRole("button", { name: "Save" }).click();
  const own = schedule(page, time).getByRole("link", { name: "Shut down" });
  const address = new URL((await own.getAttribute("href")) ?? "", server).href;

  const contexts = await Promise.all([1, 2].map(() => browser.newContext({ javaScriptEnabled: hasScripts() })));
  const [staff, viewer] = await Promise.all(contexts.map((context) => context.newPage()));
  if (!staff || !viewer) throw new Error("two browsers were asked for");

  await test.step("they see it, and no way to it", async () => {
    await signIn(staff, demo.signIn("admin"));
    await signInNewViewer(staff, viewer, demo, "Harbour Hotels");
    await openServer(viewer, demo);
    const row = schedule(viewer, time);
    await expect(row).toContainText("Shut down");
    await expect(next(row)).toHaveAttribute("title", new RegExp(`, ${time} CES?T$`));
    await expect(row.getByRole("link")).toHaveCount(0);
    await expect(viewer.getByRole("link", { name: "New schedule" })).toHaveCount(0);
    await expectAccessible(viewer);
  });

  await test.step("who knows the addresses is refused, too", async () => {
    for (const url of [address, `${server}/schedules/new`]) {
      const response = await viewer.goto(url);
      expect(response?.status(), url).toBe(403);
      await expect(viewer.getByRole("button", { name: "Save" })).toHaveCount(0);
      await expect(viewer.getByRole("button", { name: "Delete the schedule" })).toHaveCount(0);
    }
  });
  await Promise.all(contexts.map((context) => context.close()));

  await test.step("its owner ends it", async () => {
    await own.click();
    await page.getByRole("button", { name: "Delete the schedule" }).click();
    await expect(schedule(page, time)).toHaveCount(0);
  });
});

test("a server is restarted when its time comes, and its page says so", async ({ page, demo }) => {
  test.setTimeout(SOON + DONE_WITHIN + 60_000);
  // Each runs and is restarted by no other journey.
  const server = hasScripts() ? "db-02" : "erp";
  await signIn(page, demo.signIn("admin"));
  await page.goto(`${demo.ours.url}/admin/servers`);
  await page.getByRole("link", { name: server, exact: true }).click();
  await page.getByRole("link", { name: "New schedule" }).click();
  await page.getByRole("combobox", { name: "What" }).selectOption({ label: "Restart" });
  await page.getByRole("combobox", { name: "Time zone" }).selectOption("UTC");
  const time = soon();
  await page.getByLabel("Time", { exact: true }).fill(time);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The schedule is set.")).toBeVisible();
  const row = schedule(page, `${time} every day (UTC)`);
  const due = Date.parse((await next(row).getAttribute("datetime")) ?? "");
  expect(due - Date.now(), "it comes soon").toBeLessThan(SOON);

  await test.step("its time comes, and it is followed to its end", async () => {
    await expectToAppear(page, row.filter({ hasText: "Done" }), SOON + DONE_WITHIN);
    expect(Date.parse((await next(row).getAttribute("datetime")) ?? "")).toBe(due + 86_400_000);
    const history = page.getByRole("table", { name: "History" }).getByRole("row").filter({ hasText: "schedule (" });
    await expect(history.first()).toContainText("Restart");
    await expect(history.first()).toContainText("Done");
    await expectAccessible(page);
  });

  await test.step("the schedule tells of its times so far", async () => {
    await row.getByRole("link", { name: "Restart" }).click();
    const times = page.getByRole("main").getByRole("listitem").filter({ hasText: "Done" });
    await expect(times).toHaveCount(1);
    await expect(times.locator("time")).toHaveAttribute("datetime", new RegExp(`T${time}:00`));
    await page.getByRole("button", { name: "Delete the schedule" }).click();
    await expect(page.getByText("The schedule was deleted.")).toBeVisible();
    await expect(row).toHaveCount(0);
  });
});
