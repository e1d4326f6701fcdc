package io.narthex.api;

import io.narthex.api.ApiException.Type;
import io.narthex.api.json.JsonOut;
import io.narthex.promql.QueryException;
import io.narthex.storage.StorageException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// Runs one handler for one request on the API's workers and writes the envelope around its answer.
final class Endpoint {

  private static final Logger LOG = System.getLogger(Endpoint.class.getName());

  /// A handler of the API: parameters in, answer out; runs on a worker and may block.
  @FunctionalInterface
  interface Handler {
    Answer handle(ApiParams params, RoutingContext context);
  }

  private final Executor workers;

  Endpoint(Executor workers) {
    this.workers = workers;
  }

  /// Answers `context` with what `handler` gives.
  void serve(RoutingContext context, Handler handler) {
    ApiParams params = new ApiParams(values(context));
    workers.execute(() -> run(context, params, handler));
  }

  /// The form's values before those of the URL, as Go's `r.FormValue` has them. Names are
  /// case-sensitive.
  private static Map<String, List<String>> values(RoutingContext context) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (MultiMap source : List.of(context.request().formAttributes(), context.queryParams())) {
      source.forEach(entry ->
          values.computeIfAbsent(entry.getKey(), k -> new ArrayList<>()).add(entry.getValue()));
    }
    return values;
  }

  private void run(RoutingContext context, ApiParams params, Handler handler) {
    HttpServerResponse response = context.response();
    try {
      Answer answer = handler.handle(params, context);
      if (answer == Answer.NOTHING) {
        response.setStatusCode(204).end();
        return;
      }
      ResponseSink sink = new ResponseSink(response);
      response.putHeader("Content-Type", "application/json");
      JsonOut out = new JsonOut(sink);
      out.beginObject().field("status", "success").key("data");
      answer.data().accept(out);
      list(out, "warnings", answer.warnings());
      list(out, "infos", answer.infos());
      out.endObject().flush();
      sink.end();
    } catch (ApiException e) {
      fail(response, e.type(), message(e));
    } catch (QueryException e) {
      fail(response, type(e.kind()), message(e));
    } catch (StorageException e) {
      LOG.log(Level.ERROR, "request to {0} failed: {1}", context.request().path(), e.getMessage());
      fail(response, Type.INTERNAL, message(e));
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "BUG: request to " + context.request().uri() + " failed", e);
      fail(response, Type.INTERNAL, "unexpected error: " + e);
    }
  }

  private static String message(Throwable error) {
    return String.valueOf(error.getMessage());
  }

  private static Type type(QueryException.Kind kind) {
    return switch (kind) {
      case BAD_DATA -> Type.BAD_DATA;
      case EXECUTION -> Type.EXECUTION;
      case TIMEOUT -> Type.TIMEOUT;
      case CANCELED -> Type.CANCELED;
      case INTERNAL -> Type.INTERNAL;
    };
  }

  private static void list(JsonOut out, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      out.key(name).strings(texts);
    }
  }

  /// An answer that has begun can only be broken off; the client sees an incomplete body.
  static void fail(HttpServerResponse response, Type type, String message) {
    fail(response, type.status, type, message);
  }

  /// The same with another status than that of the type.
  static void fail(HttpServerResponse response, int status, Type type, String message) {
    if (response.closed() || response.ended()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    byte[] body =
        JsonOut.bytes(out ->
            out.beginObject()
                .field("status", "error")
                .field("errorType", type.text)
                .field("error", message)
                .endObject());
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(io.vertx.core.buffer.Buffer.buffer(body));
  }
}
