package sluice.framework.internal.kernel;

import java.util.function.Supplier;

/** Loads the native library while something else is done. */
public final class BlasLoading {
    private BlasLoading() {}

    /**
     * Does something, with the library loaded when it is done.
     *
     * @param work that does not need it, such as the reading of data
     * @param <R> what comes of it
     * @return what came of it
     * @throws NativeLibraryException if the library cannot be loaded on this machine
     */
    public static <R> R beside(Supplier<R> work) {
        Thread loading = new Thread(BlasLoading::load, "sluice-natives");
        loading.setDaemon(true);
        loading.start();
        R result = work.get();
        Blas.coreType();
        return result;
    }

    private static void load() {
        try {
            Blas.coreType();
        } catch (NativeLibraryException unloadable) {
            // the same is thrown where the work is done
        }
    }
}
