#!/usr/bin/env bash
# JavaCPP 1.5.7 (Java 17, Linux x86-64)
#
# Expected: memory of a Pointer is freed once the garbage collector has found that nobody holds the pointer, as JavaCPP's
# deallocators promise, whichever way the pointer was made.
# Behaviour: that of `new FloatPointer(n)` is. That of the static methods Pointer.calloc and Pointer.malloc is never freed and is
# counted by nobody: Pointer.totalBytes() stays 0, so that JavaCPP's own limits (maxBytes, maxPhysicalBytes) never ask the
# collector to look either. Whoever calls them must call Pointer.free.
#
# Output seen:
#   new FloatPointer: tracked 41943040 bytes while held, 0 after the collector; resident grew by less than 100 MB
#   Pointer.calloc: tracked 0 bytes while held, 0 after the collector; resident grew by more than 300 MB
set -euo pipefail
self=$(realpath "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

for classifier in "" :linux-x86_64; do
    mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -DoutputDirectory="$folder" \
        -Dartifact="org.bytedeco:javacpp:1.5.7:jar$classifier"
done

cat > Calloc.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

class Calloc {
    private static final int FLOATS = 10 << 20;

    private static long residentMegabytes() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
            }
        }
        throw new IllegalStateException();
    }

    private static void collect() throws Exception {
        for (int i = 0; i < 10; i++) {
            System.gc();
            Thread.sleep(50);
        }
    }

    private static long made() {
        FloatPointer held = new FloatPointer(FLOATS);
        Pointer.memset(held, 1, 4L * FLOATS);
        return Pointer.totalBytes();
    }

    private static long allocated() {
        Pointer held = Pointer.calloc(FLOATS, 4);
        Pointer.memset(held, 1, 4L * FLOATS);
        return Pointer.totalBytes();
    }

    public static void main(String[] arguments) throws Exception {
        made();
        collect();
        long before = residentMegabytes();
        long tracked = 0;
        for (int i = 0; i < 10; i++) {
            tracked = made();
            collect();
        }
        long grown = residentMegabytes() - before;
        System.out.printf("new FloatPointer: tracked %d bytes while held, %d after the collector; resident grew by %s%n",
                tracked, Pointer.totalBytes(), grown < 100 ? "less than 100 MB" : grown + " MB");

        before = residentMegabytes();
        for (int i = 0; i < 10; i++) {
            tracked = allocated();
            collect();
        }
        grown = residentMegabytes() - before;
        System.out.printf("Pointer.calloc: tracked %d bytes while held, %d after the collector; resident grew by %s%n",
                tracked, Pointer.totalBytes(), grown > 300 ? "more than 300 MB" : grown + " MB");
    }
}
JAVA
javac -cp javacpp-1.5.7.jar Calloc.java
java -cp "javacpp-1.5.7.jar:javacpp-1.5.7-linux-x86_64.jar:." -Dorg.bytedeco.javacpp.cachedir="$folder/cache" \
    -Dorg.bytedeco.javacpp.nopointergc=false Calloc | tee seen
diff <(sed -n 's/^#   //p' "$self") seen
