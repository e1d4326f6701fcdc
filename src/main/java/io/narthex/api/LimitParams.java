package io.narthex.api;

import jakarta.validation.constraints.PositiveOrZero;

/// How many results are wanted, 0 for all.
record LimitParams(@PositiveOrZero(message = "limit must be non-negative") int limit) {}
