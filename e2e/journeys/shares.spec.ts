// A customer shares a report: with a password, until it is taken back, and never longer than was said.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { card } from "../support/portal.ts";
import { BREACHED, openBreached, pdfText } from "../support/reports.ts";
import { expect, hasScripts, test } from "../support/test.ts";
import { signIn } from "../support/visitor.ts";

const LINK = BREACHED.js;
const PASSWORD = "between-you-and-me";

/** Makes a link on the report's page that is shown, and gives its address. */
async function share(page: Page, whom: string, password = ""): Promise<string> {
  await page.getByLabel("Whom for").fill(whom);
  await page.getByLabel("Lasts").fill("7");
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole("button", { name: "Make a link" }).click();
  await expect(page.getByText("The link was made. It is in the list.")).toBeVisible();
  return shared(page, whom).getByLabel("Link").inputValue();
}

function shared(page: Page, whom: string) {
  return card(page, "Shared").getByRole("listitem").filter({ has: page.getByText(whom, { exact: true }) });
}

test("a shared report asks for its password, counts who comes, and is taken back", async ({ page, browser, demo }) => {
  const whom = `Our auditor, ${test.info().project.name}`;
  await signIn(page, demo.signIn("portal"));
  await openBreached(page, demo, "portal", LINK);
  const report = page.url();

  await test.step("a short password is refused", async () => {
    await page.getByLabel("Whom for").fill(whom);
    await page.getByLabel(/^Password/).fill("short");
    await page.getByRole("button", { name: "Make a link" }).click();
    await expect(page.getByLabel(/^Password/)).toHaveAccessibleDescription(/At least 12 characters/);
    await expect(page.getByLabel("Whom for")).toHaveValue(whom);
    await expectAccessible(page);
  });
  const url = await share(page, whom, PASSWORD);
  await expect(shared(page, whom)).toContainText("with a password");
  await expect(shared(page, whom)).toContainText("Not used yet");
  await expectAccessible(page);

  const context = await browser.newContext({ javaScriptEnabled: hasScripts() });
  const auditor = await context.newPage();
  await test.step("whoever has it needs the password", async () => {
    await auditor.goto(url);
    await expect(auditor.getByRole("heading", { level: 1, name: "A shared report" })).toBeVisible();
    await expect(auditor.getByText(LINK)).toHaveCount(0);
    await expectAccessible(auditor);
    const pdf = await auditor.request.get(`${url}.pdf`);
    expect(pdf.headers()["content-type"]).not.toContain("pdf");
    await auditor.getByLabel("Password").fill("something else altogether");
    await auditor.getByRole("button", { name: "Open the report" }).click();
    await expect(auditor.getByText("That is not the password.")).toBeVisible();
    await expectAccessible(auditor);
    await auditor.getByLabel("Password").fill(PASSWORD);
    await auditor.getByRole("button", { name: "Open the report" }).click();
    await expect(auditor.getByRole("heading", { level: 1 })).toContainText(LINK);
    const opened = await auditor.request.get(`${url}.pdf`);
    expect(await pdfText(await opened.body())).toContain(LINK);
  });

  await test.step("its uses are told", async () => {
    await page.goto(report);
    const uses = shared(page, whom).locator("details");
    await expect(uses).toContainText("Used 2 times");
    await uses.locator("summary").click();
    await expect(uses.getByRole("listitem")).toHaveCount(2);
  });

  await test.step("taken back, it says that it has ended", async () => {
    await shared(page, whom).getByRole("button", { name: "Take back" }).click();
    await expect(page.getByText("The link was taken back.")).toBeVisible();
    await expect(shared(page, whom)).toContainText("Taken back");
    const answer = await auditor.goto(url);
    expect(answer?.status()).toBe(410);
    await expect(auditor.getByRole("heading", { level: 1, name: "This link has ended" })).toBeVisible();
    await expect(auditor.getByText(LINK)).toHaveCount(0);
    await expectAccessible(auditor);
    expect((await auditor.request.get(`${url}.pdf`)).status()).toBe(410);
  });
  await context.close();
});

test("a share link that has expired says so", async ({ page, browser, demo }) => {
  const whom = `Until last week, ${test.info().project.name}`;
  await signIn(page, demo.signIn("portal"));
  await openBreached(page, demo, "portal", LINK);
  const url = await share(page, whom);
  const context = await browser.newContext({ javaScriptEnabled: hasScripts() });
  const auditor = await context.newPage();
  expect((await auditor.goto(url))?.status()).toBe(200);

  expire(demo.mailFolder, whom);
  expect((await auditor.goto(url))?.status()).toBe(410);
  await expect(auditor.getByRole("heading", { level: 1, name: "This link has ended" })).toBeVisible();
  await expect(auditor.getByText("It has expired or was taken back.")).toBeVisible();
  await page.reload();
  await expect(shared(page, whom)).toContainText("Expired");
  await expect(shared(page, whom).getByLabel("Link")).toHaveCount(0);
  await context.close();
});

/** Lets a link's time be over. The demo's clock is the true one, so that nothing but its database can be put forward;
 *  it lies beside the mails. */
function expire(mailFolder: string, whom: string): void {
  const change = [
    "import sqlite3, sys",
    "with sqlite3.connect(sys.argv[1], timeout=20) as rows:",
    "    done = rows.execute('update share_link set expires_at = created_at where made_for = ?', sys.argv[2:])",
    "    assert done.rowcount == 1",
  ].join("\n");
  execFileSync("python3", ["-c", change, join(mailFolder, "../mainstay.db"), whom]);
}
