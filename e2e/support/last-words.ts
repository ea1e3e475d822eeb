// What broke, said once more in few words at the very end: where only a log's end is kept, it must tell enough.

import type { FullConfig, Reporter, TestCase, TestResult } from "@playwright/test/reporter";
import { relative } from "node:path";

export default class LastWords implements Reporter {
  private root = "";
  private readonly words: string[] = [];

  onBegin(config: FullConfig): void {
    this.root = config.rootDir;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    for (const { message = "", location } of result.errors) {
      const where = location ? `${relative(this.root, location.file)}:${location.line}` : "nowhere";
      const said = message.replaceAll(/\u001b\[[\d;]*m/g, "").split("\n").slice(0, 6).join("\n    ");
      this.words.push(`  ${test.titlePath().filter(Boolean).join(" › ")}\n    ${where}: ${said}`);
    }
  }

  onExit(): Promise<void> {
    if (this.words.length > 0) console.log(`\nWhat broke:\n${this.words.join("\n")}`);
    return Promise.resolve();
  }
}
