package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class NativeMemoryTest {
    private static final int SIDE = 1024;

    @Test
    void whatNobodyHoldsAnyMoreIsFreed() throws InterruptedException {
        long before = NativeMemory.liveBytes();
        for (int i = 0; i < 64; i++) {
            NativeMatrix.allocate(SIDE, SIDE).put(0, 0, new float[] {1}, 0, 1);
        }

        for (int i = 0; i < 100 && NativeMemory.liveBytes() > before + 4L * SIDE * SIDE; i++) {
            System.gc();
            Thread.sleep(20);
        }

        assertThat(NativeMemory.liveBytes()).isLessThanOrEqualTo(before + 4L * SIDE * SIDE);
    }

    @Test
    void aViewKeepsTheMemoryOfAMatrixThatNobodyElseHolds() throws InterruptedException {
        NativeMatrix view = view();

        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
        }

        float[] read = new float[1];
        view.get(1, 1, read, 0, 1);
        assertThat(read[0]).isEqualTo(7);
    }

    private static NativeMatrix view() {
        NativeMatrix whole = NativeMatrix.allocate(2, 8);
        whole.put(0, 5, new float[] {7}, 0, 1);
        return whole.view(4, 4);
    }

    @Test
    void closingTwiceFreesOnce() {
        long before = NativeMemory.liveBytes();
        NativeMemory memory = NativeMemory.ofZeros(1 << 20, "a test");
        assertThat(NativeMemory.liveBytes()).isGreaterThanOrEqualTo(before + (4 << 20));

        memory.close();
        memory.close();

        // others of this process may come and go meanwhile
        assertThat(NativeMemory.liveBytes()).isLessThan(before + (4 << 20));
    }

    @Test
    void growthWithoutAnyCloseStaysBounded() {
        long most = 0;
        for (int i = 0; i < 200; i++) {
            NativeMatrix.allocate(2 * SIDE, 2 * SIDE);
            most = Math.max(most, NativeMemory.liveBytes());
        }

        // 3.2 GB were allocated in all
        assertThat(most).isLessThan(2L << 30);
    }
}
