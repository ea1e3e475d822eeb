"""Prints the HTML document that it reads as PDF, again and again; says what it took as JSON."""

import json
import sys
import time

import weasyprint

html = sys.stdin.read()
taken = []
for _ in range(int(sys.argv[1]) + 1):
    begun = time.process_time()
    document = weasyprint.HTML(string=html).render()
    file = document.write_pdf()
    taken.append(time.process_time() - begun)
json.dump({"cpu": taken, "pages": len(document.pages), "bytes": len(file)}, sys.stdout)
