// Staff and what it comes to: what servers cost and bring in, how full things are, what went wrong, and what a client may
// do with what it rents.

import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { signInNewViewer } from "../support/people.ts";
import { card, downloadCsv, expectToAppear } from "../support/portal.ts";
import { clientWithServer, DONE_WITHIN, ownName, takeBack } from "../support/servers.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

/** Orders of an account are sent one after the other, and another journey's may be waited for. */
const REFUSED_WITHIN = 180_000;

/** Opens one of the three views of what is rented. */
async function openView(page: Page, view: string): Promise<void> {
  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Costs and use" }).click();
  const tab = page.getByRole("navigation", { name: "Costs and use" }).getByRole("link", { name: view, exact: true });
  await tab.click();
  await expect(tab).toHaveAttribute("aria-current", "page");
}

function row(page: Page, list: string, what: string | RegExp): Locator {
  const named = page.getByRole("rowheader").filter({ has: page.getByText(what, { exact: true }) });
  return page.getByRole("table", { name: list, exact: true }).getByRole("row").filter({ has: named });
}

/** What the card says under this label. */
function fact(card: Locator, label: string): Locator {
  return card.locator("dt", { hasText: new RegExp(`^${label}$`) }).locator("xpath=following-sibling::dd[1]");
}

/** The sum of a column of a file, in euros as the pages write them. */
function euros(rows: Record<string, string>[], column: string): string {
  const cents = rows.reduce((sum, one) => sum + Math.round(Number(one[column]) * 100), 0);
  return `EUR ${(cents / 100).toFixed(2)}`;
}

test("staff see what a client's server costs, brings in and leaves, and the file says the same", async ({ page, demo }) => {
  test.setTimeout(90_000);
  const client = ownName("Zephyr Sails");
  // Nobody has them and no other journey touches them; what each costs and brings in is in the demo's price
  // list: a plan, and for the first private networking, which it has from Contabo's panel.
  const [server, cost, pays, left] = hasScripts()
    ? (["db-02", "EUR 22.50", "EUR 31.98", "EUR 9.48"] as const)
    : (["edge-aus", "EUR 6.30", "EUR 8.99", "EUR 2.69"] as const);
  await signIn(page, demo.signIn("admin"));
  const made = await clientWithServer(page, demo, client, server);

  await test.step("the month's sum of the client", async () => {
    await openView(page, "Costs");
    await expectAccessible(page);
    await expect(row(page, "Costs", client).getByRole("cell")).toHaveText(["1", "0", cost, pays, left]);
  });

  await test.step("the file has a line for each thing, and they come to what the page says", async () => {
    // Other journeys give servers to clients meanwhile.
    await expect(async () => {
      await page.reload();
      const total = card(page, "Altogether");
      const { name, rows } = await downloadCsv(page, page.getByRole("link", { name: "All as CSV" }));
      const month = /^costs-(\d{4}-\d\d)\.csv$/.exec(name)?.[1];
      expect(rows.map((one) => one.month)).toEqual(rows.map(() => month));
      const theirs = rows.filter((one) => one.client === client);
      expect(theirs.map((one) => [one.kind, one.name])).toEqual([["server", server]]);
      expect([euros(theirs, "cost_per_month"), euros(theirs, "sales_per_month")]).toEqual([cost, pays]);
      await expect(fact(total, "Servers")).toHaveText(String(rows.filter((one) => one.kind === "server").length), { timeout: 1_000 });
      await expect(fact(total, "Costs")).toHaveText(euros(rows, "cost_per_month"), { timeout: 1_000 });
      await expect(fact(total, "Clients pay")).toHaveText(euros(rows, "sales_per_month"), { timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
  });

  await test.step("what has no price is named, and nothing is said of what is left then", async () => {
    await expect(row(page, "Products without a price", "Cloud VPS Plus 12")).toBeVisible();
    const harbour = row(page, "Costs", "Harbour Hotels");
    await expect(harbour).toContainText("without a price");
    await expect(harbour.getByRole("cell").last()).toHaveText("not known");
  });

  await test.step("follow to the client", async () => {
    await row(page, "Costs", client).getByRole("link", { name: client }).click();
    await expect(page).toHaveURL(made.client);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(client);
  });

  await test.step("take the server back: it is nobody's in the sums, too", async () => {
    await takeBack(page, made);
    await openView(page, "Costs");
    await expect(row(page, "Costs", client)).toHaveCount(0);
  });
});

test("staff see how full things are and what could be looked at, and follow to it", async ({ page, demo }) => {
  await signIn(page, demo.signIn("admin"));

  await test.step("servers by region, in the page, behind its link and in the file", async () => {
    await openView(page, "Use");
    await expectAccessible(page);
    await expect(page.getByRole("meter", { name: "Object storage" })).toBeVisible();
    const count = await row(page, "Servers by region", "Singapore").getByRole("cell").first().innerText();
    const { name, rows } = await downloadCsv(page, page.getByRole("link", { name: "As CSV" }));
    expect(name).toBe("usage.csv");
    const there = rows.filter((one) => one.kind === "server" && one.region === "SIN").map((one) => one.name);
    expect(there).toHaveLength(Number(count));
    await row(page, "Servers by region", "Singapore").getByRole("link").click();
    const servers = page.getByRole("table", { name: "Servers" }).locator("tbody").getByRole("row");
    await expect(servers).toHaveCount(there.length);
    for (const server of there) await expect(servers.filter({ hasText: server })).toHaveCount(1);
  });

  await test.step("advice, by why, in the page and in the file", async () => {
    await openView(page, "Advice");
    await expectAccessible(page);
    await page.getByRole("combobox", { name: "Why" }).selectOption({ label: "Nobody has it" });
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByRole("combobox", { name: "Why" }).locator("option:checked")).toHaveText("Nobody has it");
    await expect(row(page, "Advice", "erp")).toContainText("Give it to a client, or cancel it.");
    const { name, rows } = await downloadCsv(page, page.getByRole("link", { name: "As CSV" }));
    expect(name).toBe("advice.csv");
    expect(rows.filter((one) => Object.values(one).includes("erp"))).toHaveLength(1);
    await row(page, "Advice", "erp").getByRole("link", { name: "erp" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("erp");
  });
});

test("an order that Contabo refuses is a task, until staff have dealt with it", async ({ page, demo }) => {
  test.setTimeout(300_000);
  const name = ownName("refused");
  // Somebody mistypes the number of a product in the price list.
  const product = ownName("V999").replace(" ", "-");
  await signIn(page, demo.signIn("admin"));
  const task = page.getByRole("table", { name: "Tasks" }).getByRole("row").filter({ hasText: name });
  const openTasks = () => page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Tasks" }).click();

  await test.step("order what Contabo does not have", async () => {
    await page.goto(`${demo.ours.url}/admin/products/new`);
    await page.getByLabel("Contabo's number").fill(product);
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(`Mistyped ${product}`);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Product added.")).toBeVisible();
    await page.goto(`${demo.ours.url}/admin/orders/new?what=instance`);
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
    await page.getByRole("combobox", { name: "Product" }).selectOption(product);
    await page.getByRole("combobox", { name: "Image" }).selectOption({ index: 1 });
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: /^Order with obligation to pay/ }).click();
    await expectToAppear(page, page.locator("#order-badge").getByText("Failed"), REFUSED_WITHIN);
    await expect(page.getByRole("main")).toContainText(`productId ${product} is wrong`);
  });
  const order = page.url();

  await test.step("the dashboard shows it, with why and the way to it", async () => {
    await page.goto(`${demo.ours.url}/admin`);
    await expectToAppear(page, task, DONE_WITHIN);
    await expect(task).toContainText("An order failed");
    await expect(task).toContainText(`productId ${product} is wrong`);
    await expectAccessible(page);
    await task.getByRole("link", { name }).click();
    await expect(page).toHaveURL(order);
  });

  await test.step("so does the list, where staff say that they have dealt with it", async () => {
    await openTasks();
    await expect(page.getByRole("heading", { level: 1, name: "Tasks" })).toBeVisible();
    await expectAccessible(page);
    await task.getByRole("button", { name: "Dealt with" }).click();
    // The page's live part is without it, too, before the page that the button leads to is there.
    await expect(page.getByText("Noted as dealt with.")).toBeVisible();
    await expect(task).toHaveCount(0);
    await page.getByRole("combobox", { name: "State" }).selectOption({ label: "Dealt with" });
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(task).toContainText("Dealt with by Alice Berger");
    await page.goto(`${demo.ours.url}/admin`);
    await expect(page.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible();
    await expect(task).toHaveCount(0);
  });

  await test.step("take the mistyped product out of the orders", async () => {
    await page.goto(`${demo.ours.url}/admin/products`);
    await page.getByRole("link", { name: `Mistyped ${product}` }).click();
    await page.getByRole("button", { name: "Take out of the orders" }).click();
    await expect(page.getByText("It can't be ordered any more.")).toBeVisible();
  });
});

test("what staff switch off for a client is gone for its people, until it is on again", async ({ page, demo, browser }) => {
  test.setTimeout(120_000);
  const client = ownName("Zephyr Yachts");
  // Nobody has them and no other journey touches them.
  const server = hasScripts() ? "legacy-shop" : "edge-jpn";
  await signIn(page, demo.signIn("admin"));
  const made = await clientWithServer(page, demo, client, server);
  const context = await browser.newContext({ javaScriptEnabled: hasScripts() });
  const theirs = await context.newPage();
  const newSchedule = theirs.getByRole("link", { name: "New schedule" });

  await test.step("one of its people may make schedules", async () => {
    await signInNewViewer(page, theirs, demo, client);
    await page.goto(made.client);
    await page.getByRole("link", { name: "Vera Viewer" }).click();
    await page.getByRole("combobox", { name: `Role – ${client}` }).selectOption({ label: "Operator" });
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Role changed.")).toBeVisible();
    await theirs.goto(`${demo.ours.url}/portal/servers`);
    await theirs.getByRole("link", { name: server, exact: true }).click();
    await expect(newSchedule).toBeVisible();
  });
  const seen = theirs.url();

  /** Sets the client's own word on schedules. */
  const set = async (word: string) => {
    await page.goto(made.client);
    await page.getByRole("link", { name: "What clients may do" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`What ${client} may do`);
    await page.getByRole("combobox", { name: "Schedules" }).selectOption({ label: word });
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved. It holds from now on")).toBeVisible();
  };

  await test.step("off: no button, and who knows the address is told why", async () => {
    await set("Off");
    await theirs.goto(seen);
    await expect(theirs.getByRole("heading", { level: 1 })).toContainText(server);
    await expect(newSchedule).toHaveCount(0);
    // The rest is still on.
    await expect(theirs.getByRole("link", { name: "Restart", exact: true })).toBeVisible();
    const response = await theirs.goto(`${seen}/schedules/new`);
    expect(response?.status()).toBe(403);
    await expect(theirs.getByRole("main")).toContainText("Your provider has switched this off for you.");
    await expect(theirs.getByRole("button", { name: "Save" })).toHaveCount(0);
    await expectAccessible(theirs);
  });

  await test.step("on again", async () => {
    await set("As for all clients: on");
    await theirs.goto(seen);
    await newSchedule.click();
    await expect(theirs.getByRole("button", { name: "Save" })).toBeVisible();
  });
  await context.close();
  await takeBack(page, made);
});
