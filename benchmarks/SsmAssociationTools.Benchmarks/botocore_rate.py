"""Validates entries with botocore's own parameter validation and prints how long each pass takes.

Started by the benchmarks: the argument names a file with one entry (JSON) a line. Each line on the standard input is
one pass; its answer is the time in seconds. What is validated is what the AWS CLI would validate of the entries.
"""

import json
import sys
import time

import botocore
import botocore.session
from botocore.validate import ParamValidator

model = botocore.session.get_session().get_service_model("ssm")
shape = model.operation_model("CreateAssociationBatch").input_shape.members["Entries"].member
validator = ParamValidator()
with open(sys.argv[1], encoding="utf-8") as lines:
    entries = [json.loads(line) for line in lines]

print(botocore.__version__, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    for entry in entries:
        if validator.validate(entry, shape).has_errors():
            raise SystemExit("botocore refuses an entry of the benchmark")
    print(time.perf_counter() - start, flush=True)
