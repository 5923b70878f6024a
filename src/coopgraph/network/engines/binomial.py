"""How far a share that was counted in a sample can be from the true one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from numpy.typing import NDArray


def largest_error(counts: NDArray[np.int64], sample: int, failure: float) -> float:
    """The largest distance from `counts` / `sample` to the true shares, all of them at once.

    Each count is the number of successes in the same number of independent draws. With a probability of at least
    1 - `failure` every true share lies within its exact binomial interval: each interval is allowed to fail with the
    same part of that probability. Counts may depend on each other.

    References:
        C. J. Clopper, E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial,
        Biometrika 26 (1934) 404-413, doi:10.1093/biomet/26.4.404.
    """
    different = np.unique(counts).astype(np.float64)
    tail = failure / len(counts) / 2
    share = different / sample
    lowest = np.where(different > 0, special.betaincinv(np.maximum(different, 1), sample - different + 1, tail), 0.0)
    missed = np.maximum(sample - different, 1)
    highest = np.where(different < sample, special.betainccinv(different + 1, missed, tail), 1.0)
    return float(np.max(np.maximum(share - lowest, highest - share)))


def enough(count: int, error: float, failure: float) -> int:
    """A sample with which `count` shares are within `error` with a probability of at least 1 - `failure`.

    Whatever the shares are; where they are small, as betweenness is, far fewer draws do (`largest_error`).

    References:
        W. Hoeffding, Probability inequalities for sums of bounded random variables, J. American Statistical Association
        58 (1963) 13-30, doi:10.1080/01621459.1963.10500830.
    """
    return int(np.ceil(np.log(2 * count / failure) / (2 * error**2)))
