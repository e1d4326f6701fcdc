package io.narthex.promql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.promql.exec.series.EvalException;
import org.junit.jupiter.api.Test;

/// The largest query makes room.
class MemoryBudgetTest {

  private static final long MIB = 1 << 20;

  @Test
  void oneQueryMayNotUseMoreThanItsOwnShare() {
    MemoryBudget budget = new MemoryBudget(10 * MIB, 100 * MIB);
    try (MemoryBudget.Share share = budget.share()) {
      share.take(10 * MIB);
      EvalException e = assertThrows(EvalException.class, () -> share.take(MIB));
      assertEquals(
          "query needs at least 11 MiB of memory, more than the 10 MiB that one query may use; ask"
              + " for fewer steps or series",
          e.getMessage());
    }
  }

  @Test
  void theLargestEndsWhenAllTogetherUseTooMuch() {
    MemoryBudget budget = new MemoryBudget(80 * MIB, 100 * MIB);
    try (MemoryBudget.Share small = budget.share();
        MemoryBudget.Share large = budget.share()) {
      large.take(70 * MIB);
      small.take(40 * MIB);
      EvalException e = assertThrows(EvalException.class, large::check);
      assertEquals(
          "query was ended: it uses 70 MiB of memory, the most of all queries, which together need"
              + " 110 MiB, more than the 100 MiB that they may use; ask for fewer steps or series,"
              + " or later",
          e.getMessage());
      small.check();
    }
    try (MemoryBudget.Share later = budget.share()) {
      later.take(80 * MIB);
      assertEquals(80 * MIB, later.used(), "what ended gave its memory back");
    }
  }

  @Test
  void aSmallHeapKeepsMoreForTheRest() {
    assertEquals(640 * MIB, EngineOptions.queryBytes(1024 * MIB));
    assertEquals(128 * MIB, EngineOptions.queryBytes(256 * MIB));
    assertEquals(32 * MIB, EngineOptions.queryBytes(128 * MIB));
  }
}
