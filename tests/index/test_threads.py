"""Matrix products take one thread, so that a question waits for no other program."""

import subprocess
import sys

CODE = """
from index.threads import one_thread
import numpy
from threadpoolctl import threadpool_info
one_thread()
print({each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"} <= {1})
"""


def test_matrix_products_take_one_thread() -> None:
    # A process of its own: the setting would outlive this test.
    told = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "True"
