package io.narthex.tsdb.index;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Utf8Order;
import java.util.Collection;

/// Ordinals of the symbols of an index that is being written: a hash table of plain numbers over
/// the sorted strings.
final class SymbolIds {

  private final String[] symbols;

  /// Ordinal + 1, 0 where free.
  private final int[] slots;

  /// @param sorted distinct strings in UTF-8 order
  SymbolIds(Collection<String> sorted) {
    symbols = sorted.toArray(new String[0]);
    slots = new int[Integer.highestOneBit(Math.max(4, symbols.length) * 2 - 1) << 1];
    for (int i = 0; i < symbols.length; i++) {
      if (i > 0 && Utf8Order.compare(symbols[i - 1], symbols[i]) >= 0) {
        throw new IllegalStateException(
            "BUG: symbols are not sorted: "
                + GoQuote.quote(symbols[i - 1])
                + " before "
                + GoQuote.quote(symbols[i]));
      }
      int slot = slot(symbols[i]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i + 1;
    }
  }

  private int slot(String symbol) {
    int hash = symbol.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 15) & (slots.length - 1);
  }

  int size() {
    return symbols.length;
  }

  String symbol(int ordinal) {
    return symbols[ordinal];
  }

  int ordinal(String symbol) {
    int slot = slot(symbol);
    while (slots[slot] != 0) {
      int ordinal = slots[slot] - 1;
      if (symbols[ordinal].equals(symbol)) {
        return ordinal;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    throw new IllegalStateException("BUG: no symbol " + GoQuote.quote(symbol));
  }
}
