package sluice.framework.cli;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the user wants a run to end: Ctrl-C (SIGINT), or SIGTERM as systems send it. The first asks it to end at its next
 * step, the second ends the process at once.
 *
 * <p>Java has no interface for signals but one that it does not promise to keep, which is therefore looked up: where it is
 * missing, a signal ends the process at once.
 */
final class Interruption implements AutoCloseable {
    /** Exit code of a run that was stopped. */
    static final int STOPPED = 130;

    private static final List<String> SIGNALS = List.of("INT", "TERM");

    private final PrintStream err;
    private final Map<Object, Object> earlierHandlers = new LinkedHashMap<>();
    private volatile boolean requested;

    private Interruption(PrintStream err) {
        this.err = err;
    }

    /** Begins to listen; close it. */
    static Interruption listen(PrintStream err) {
        Interruption interruption = new Interruption(err);
        try {
            interruption.install();
        } catch (ReflectiveOperationException | IllegalArgumentException elsewhere) {
            // no such signals here, or they are taken: they do what they always do
        }
        return interruption;
    }

    private void install() throws ReflectiveOperationException {
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object handler = Proxy.newProxyInstance(
                Interruption.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "handle" -> request();
                        case "hashCode" -> {
                            return System.identityHashCode(proxy);
                        }
                        case "equals" -> {
                            return proxy == arguments[0];
                        }
                        default -> {
                            return "Interruption";
                        }
                    }
                    return null;
                });
        for (String name : SIGNALS) {
            Object signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name);
            earlierHandlers.put(signal, handle(signal, handler));
        }
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        try {
            return signal.getClass()
                    .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, signal, handler);
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException(refused);
        }
    }

    /** Asks for the end, as a signal does. */
    void request() {
        if (requested) {
            Runtime.getRuntime().exit(STOPPED);
        }
        requested = true;
        err.println("sluice: stopping at the next step; the same again stops at once");
    }

    /** Whether the end was asked for. */
    boolean requested() {
        return requested;
    }

    /** Signals do again what they did before. */
    @Override
    public void close() {
        earlierHandlers.forEach((signal, handler) -> {
            try {
                handle(signal, handler);
            } catch (ReflectiveOperationException | IllegalArgumentException stays) {
                // a request that nobody asks for harms nobody
            }
        });
    }
}
