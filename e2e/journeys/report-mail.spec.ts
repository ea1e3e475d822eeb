// The mail of a month's reports: its links open for whoever has them, in a browser that never signed in, and the mails
// stop when they are asked to.

import { expectAccessible } from "../support/accessibility.ts";
import { mailTo } from "../support/mail.ts";
import { BREACHED, pdfText } from "../support/reports.ts";
import { expect, hasScripts, test } from "../support/test.ts";

// The demo makes its reports, and only then their mails, while the first journeys run.
test.setTimeout(120_000);

const REPORTS = /^SLA reports .*missed a target$/;

test("the link in the mail opens its report without signing in, and nothing else", async ({ page, demo }) => {
  const mail = await mailTo(demo, demo.signIn("portal").mail, REPORTS);
  const attached = mail.attached("application/pdf");
  expect(attached, "a PDF with the mail").toBeDefined();
  expect(await pdfText(attached!)).toContain(BREACHED.js);

  const url = new RegExp(`${BREACHED.js}:\\s+(\\S+/share/\\S+)`).exec(mail.text)?.[1] ?? "";
  const answer = await page.goto(url);
  expect(answer?.status()).toBe(200);
  expect(answer?.headers()["x-robots-tag"]).toContain("noindex");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`${BREACHED.js} · `);
  await expect(page.getByText(": Breached")).toBeVisible();
  await expect(page.getByText(/^A report of /)).toBeVisible();
  await expectAccessible(page);

  const file = await page.getByRole("main").getByRole("link", { name: "PDF" }).getAttribute("href");
  const pdf = await page.request.get(`${demo.ours.url}${file}`);
  expect(pdf.status()).toBe(200);
  expect(pdf.headers()["x-robots-tag"]).toContain("noindex");
  expect(await pdfText(await pdf.body())).toContain(BREACHED.js);

  await test.step("nothing else is reachable", async () => {
    const inside = await page.locator("a[href*='/portal/'], a[href*='/admin/']").count();
    expect(inside).toBe(0);
    for (const path of ["/portal", "/portal/reports", "/portal/links"]) {
      await page.goto(demo.ours.url + path);
      expect(new URL(page.url()).pathname, path).toBe("/portal/sign-in");
    }
    // Another letter is another link, and there is none.
    const forged = await page.goto(url.slice(0, -1) + (url.endsWith("A") ? "B" : "A"));
    expect(forged?.status()).toBe(404);
    expect((await page.goto(demo.strangers.url + new URL(url).pathname))?.status()).toBe(404);
  });
});

test("one click stops the mails of a kind, and another brings them back", async ({ page, demo }) => {
  // The journeys with and without scripts share one demo: each stops the mails of another kind.
  const { mail: address } = demo.signIn("portal");
  const mail = await mailTo(demo, address, hasScripts() ? /^SLA reports/ : /missed a target in /);
  expect(mail.header("List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
  const url = /^<(http\S+)>$/.exec(mail.header("List-Unsubscribe"))?.[1] ?? "";
  expect(mail.text).toContain(url);

  await test.step("looking at it changes nothing", async () => {
    await page.goto(url);
    await expect(page.getByText(`These mails are sent to ${address}.`)).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("as a mail program does it", async () => {
    const program = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
      redirect: "error",
    });
    expect(program.status).toBe(200);
    await page.goto(url);
    await expect(page.getByText(`These mails are no longer sent to ${address}.`)).toBeVisible();
  });

  await test.step("and as its reader does", async () => {
    await page.getByRole("button", { name: "Send them again" }).click();
    await expect(page.getByText(`These mails are sent to ${address}.`)).toBeVisible();
    await page.getByRole("button", { name: "Stop these mails" }).click();
    await expect(page.getByText(`These mails are no longer sent to ${address}.`)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Send them again" }).click();
    await expect(page.getByRole("button", { name: "Stop these mails" })).toBeVisible();
  });
});
