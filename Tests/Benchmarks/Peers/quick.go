// quicktemplate as a peer that waits for its turns: quick FOLDER; a path is CASE.FORMAT. See quick.py for what it is built with.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"syscall"
)

func read(path string, values interface{}) {
	data, err := os.ReadFile(os.Args[1] + "/" + path + ".data.json")
	if err == nil {
		err = json.Unmarshal(data, values)
	}
	if err != nil {
		panic(err)
	}
}

// now is the processor time of the process, its collector's threads among it, in nanoseconds.
func now() int64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var path string
		var seconds float64
		fmt.Sscan(lines.Text(), &path, &seconds)
		render := program(path)
		expected, _ := os.ReadFile(os.Args[1] + "/" + path)
		// One buffer for all rounds, as a server keeps one.
		var output bytes.Buffer
		render(&output)
		if !bytes.Equal(output.Bytes(), expected) {
			panic("quicktemplate writes other bytes for " + path)
		}
		rounds := 0
		start := now()
		end := start
		for float64(end-start) < seconds*1e9 {
			for n := 0; n < 64; n++ {
				output.Reset()
				render(&output)
			}
			rounds += 64
			end = now()
		}
		fmt.Println(rounds, end-start)
	}
}
