//! Sends the C calls of the driver to the tracer, on hw-stub.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=calls.txt");
    for call in std::fs::read_to_string("calls.txt")?.lines() {
        println!("cargo::rustc-link-arg-bin=fidelity-stub=-Wl,--wrap={call}");
    }
    Ok(())
}
