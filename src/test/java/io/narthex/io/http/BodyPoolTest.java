package io.narthex.io.http;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class BodyPoolTest {

  private static final int SIZE = 64 * 1024;

  @Test
  void givesBackWhatItWasGiven() {
    BodyPool pool = new BodyPool(SIZE);
    byte[] body = pool.take(SIZE);
    pool.give(body);
    assertSame(body, pool.take(SIZE));
  }

  @Test
  void keepsNoMoreThanItMay() {
    BodyPool pool = new BodyPool(SIZE);
    byte[] first = pool.take(SIZE);
    byte[] second = pool.take(SIZE);
    pool.give(first);
    pool.give(second);
    assertSame(first, pool.take(SIZE));
    assertNotSame(second, pool.take(SIZE));
    pool.give(second);
    assertSame(second, pool.take(SIZE), "room that was used is free again");
  }
}
