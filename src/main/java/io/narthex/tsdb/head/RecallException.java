package io.narthex.tsdb.head;

/// What an earlier process left in memory does not fit what is on the disk: it must not be used.
final class RecallException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RecallException(String why) {
    super(why);
  }
}
