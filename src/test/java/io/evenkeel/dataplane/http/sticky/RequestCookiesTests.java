package io.evenkeel.dataplane.http.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestCookiesTests {

    private final BlockPool blocks = new BlockPool(1 << 20);
    private final RequestHead head = new RequestHead(blocks);
    private final RequestCookies cookies = new RequestCookies();
    private final List<String> values = new ArrayList<>();

    /** Notes the values of cookies of that name and takes them out; answers what goes on after the Host. */
    private String without(String name, String... fields) throws RefusedException {
        var text = "GET / HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
        var bytes = MemorySegment.ofArray(text.getBytes(StandardCharsets.ISO_8859_1));
        head.read(bytes, 0, text.length());
        cookies.begin(head);
        while (cookies.next()) {
            if (cookies.isNamed(name.getBytes(StandardCharsets.US_ASCII))) {
                int start = cookies.valueStart();
                values.add(text.substring(start, cookies.valueEnd()));
                cookies.cut();
            }
        }
        var out = blocks.take(BlockPool.LARGE);
        head.appendFields(out);
        var forwarded = new String(out.filled().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
        blocks.give(out);
        head.clear();
        return forwarded.substring("Host: a\r\n".length()).replace("\r\n", "|");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', quoteCharacter = '`', textBlock = """
            Cookie: me=1                        >                             > 1
            Cookie: a=1; me=2; b=3              > Cookie: a=1; b=3|           > 2
            Cookie: me=2; b=3                   > Cookie: b=3|                > 2
            Cookie: a=1; me=2                   > Cookie: a=1|                > 2
            Cookie: a=1;me=2;b=3                > Cookie: a=1;b=3|            > 2
            Cookie: me=1; me=2                  >                             > 1,2
            Cookie: a=0; me=1; me=2             > Cookie: a=0|                > 1,2
            Cookie: me=1; a=0; me=2             > Cookie: a=0|                > 1,2
            Cookie: me=1; a=0; me=2; b=1; me=3  > Cookie: a=0; b=1|           > 1,2,3
            Cookie: me="quoted"; a=1            > Cookie: a=1|                > quoted
            Cookie: me="half; a=1               > Cookie: a=1|                > "half
            Cookie: me=""; a=1                  > Cookie: a=1|                > ``
            Cookie: me=; a=1                    > Cookie: a=1|                > ``
            Cookie: me=a=b                      >                             > a=b
            Cookie: me; you                     > Cookie: me; you|            >
            Cookie: me; me=1                    > Cookie: me|                 > 1
            Cookie: Me=1; mee=2; xme=3          > Cookie: Me=1; mee=2; xme=3| >
            Cookie: ;;; me=1 ; ;                >                             > 1
            Cookie: ;a=1;; me=1 ; ;             > Cookie: ;a=1|               > 1
            cookie: me=1                        >                             > 1
            X-Cookie: me=1                      > X-Cookie: me=1|             >
            """)
    void findsAndTakesOut(String field, String forwarded, String found) throws RefusedException {
        assertThat(without("me", field)).isEqualTo(forwarded == null ? "" : forwarded);
        assertThat(values).isEqualTo(found == null ? List.of() : List.of(found.split(",", -1)));
    }

    @Test
    void goesThroughAllFields() throws RefusedException {
        assertThat(without("me", "Cookie: me=1", "X: y", "Cookie: a=1; me=2", "cookie: b=1", "Z: 1"))
                .isEqualTo("X: y|Cookie: a=1|cookie: b=1|Z: 1|");
        assertThat(values).containsExactly("1", "2");
    }

    @Test
    void leavesWhatConnectionTakesAway() throws RefusedException {
        assertThat(without("me", "Connection: cookie", "Cookie: me=1")).isEmpty();
        assertThat(values).isEmpty();
    }

    @Test
    void takesOutAHandfulAndLetsTheRestGo() throws RefusedException {
        var forwarded = without("me", "Cookie: " + "me=1; a=2; ".repeat(100) + "z=1");
        assertThat(values).hasSize(100);
        assertThat(forwarded.split("a=2", -1)).hasSize(101);
        assertThat(forwarded.split("me=1", -1)).hasSize(93);
    }

    @Test
    void readsHugeFieldsOnce() throws RefusedException {
        var huge = "x=" + "y".repeat(20_000);
        assertThat(without("me", "Cookie: " + huge + "; me=1; " + "a;".repeat(3_000) + "b=2"))
                .startsWith("Cookie: x=yy")
                .doesNotContain("me=")
                .endsWith("b=2|");
        assertThat(values).containsExactly("1");
    }

    @Test
    void isReadyForTheNextRequest() throws RefusedException {
        without("me", "Cookie: me=1; a=1");
        assertThat(without("me", "X: 1")).isEqualTo("X: 1|");
        assertThat(without("me", "Cookie: b=2; me=3")).isEqualTo("Cookie: b=2|");
        assertThat(values).containsExactly("1", "3");
    }
}
