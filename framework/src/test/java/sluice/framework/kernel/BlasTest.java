package sluice.framework.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlasTest {
    @AfterEach
    void usualThreads() {
        Blas.useThreads(Blas.usualThreads());
    }

    /** What OpenBLAS itself says; its Java wrapper repeats whatever it was told. */
    private static int threadsOfOpenBlas() {
        long address = Loader.addressof("openblas_get_num_threads").address();
        return Function.getFunction(new Pointer(address)).invokeInt(new Object[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 256})
    void theThreadsReportedAreThoseInForce(int count) {
        Blas.useThreads(count);

        assertThat(Blas.threads()).isEqualTo(threadsOfOpenBlas()).isEqualTo(Math.min(count, 64));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 257})
    void threadsOutOfRangeAreRefusedAndChangeNothing(int count) {
        Blas.useThreads(2);

        assertThatThrownBy(() -> Blas.useThreads(count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads must be in [1, 256], got " + count);
        assertThat(Blas.threads()).isEqualTo(2);
    }
}
