/// Short forms that mean the same in nearly every schema; weaker than what a description says.
enum UsualAbbreviations {
    /// What a piece of a name is read as where nothing around it says otherwise.
    static func words(_ short: String, isLast: Bool) -> [String]? {
        if short == "no" || short == "nr" { return isLast ? ["number"] : nil }
        return usual[short]
    }

    private static let usual: [String: [String]] = [
        "nm": ["name"], "nam": ["name"], "fname": ["first", "name"], "lname": ["last", "name"],
        "fnm": ["first", "name"], "lnm": ["last", "name"], "nbr": ["number"],
        "dt": ["date"], "dte": ["date"], "dttm": ["time"], "tm": ["time"], "amt": ["amount"], "qty": ["quantity"],
        "qnty": ["quantity"], "cnt": ["count"], "pct": ["percent"], "prc": ["price"], "descr": ["description"],
        "dsc": ["description"], "addr": ["address"], "stat": ["status"], "sts": ["status"], "sev": ["severity"],
        "prio": ["priority"], "cd": ["code"], "typ": ["type"], "emp": ["employee"], "cust": ["customer"],
        "cst": ["customer"], "dept": ["department"], "dpt": ["department"], "mgr": ["manager"], "acct": ["account"],
        "pmt": ["payment"], "pymt": ["payment"], "grp": ["group"], "usr": ["user"], "lvl": ["level"],
        "yr": ["year"], "mth": ["month"], "tel": ["phone"], "ctry": ["country"], "cntry": ["country"],
        "cty": ["city"], "rgn": ["region"], "wgt": ["weight"], "hgt": ["height"], "wdt": ["width"],
        "rtg": ["rating"], "ttl": ["title"], "whse": ["warehouse"], "whs": ["warehouse"], "mach": ["machine"],
        "vhcl": ["vehicle"], "veh": ["vehicle"], "equip": ["equipment"], "qtr": ["quarter"], "sched": ["schedule"],
        "appt": ["appointment"], "maint": ["maintenance"], "mfr": ["manufacturer"], "manuf": ["manufacturer"],
        "catg": ["category"], "ctg": ["category"], "categ": ["category"], "curr": ["currency"], "ccy": ["currency"],
        "crt": ["created"], "upd": ["updated"], "dlv": ["delivery"], "shp": ["shipment"], "stk": ["stock"],
        "usg": ["usage"], "rmk": ["remark"], "temp": ["temperature"], "tmp": ["temperature"], "dur": ["duration"],
        "dist": ["distance"], "loc": ["location"], "sn": ["serial", "number"], "strt": ["start"], "eml": ["email"],
        "stn": ["station"], "tkt": ["ticket"], "pax": ["passenger"], "psgr": ["passenger"], "opr": ["operator"],
        "chnl": ["channel"], "cls": ["class"], "spd": ["speed"], "purch": ["purchase"], "rslvd": ["resolved"],
        "rptd": ["reported"], "arr": ["arrival"], "orig": ["origin"], "dest": ["destination"], "svc": ["service"],
        "trn": ["train"], "bldg": ["building"], "brnch": ["branch"], "vndr": ["vendor"], "splr": ["supplier"],
        "itm": ["item"], "ordr": ["order"], "pkg": ["package"], "rte": ["route"],
        "mbr": ["member"], "stdnt": ["student"], "tchr": ["teacher"], "instr": ["instructor"], "crs": ["course"],
        "ptnt": ["patient"], "hosp": ["hospital"], "phys": ["physician"], "vst": ["visit"], "evt": ["event"],
        "rsv": ["reservation"], "resv": ["reservation"], "bkg": ["booking"], "cntrct": ["contract"],
        "agmt": ["agreement"], "insp": ["inspection"], "viol": ["violation"], "lic": ["license"], "bal": ["balance"],
        "avg": ["average"], "tot": ["total"], "nbrs": ["numbers"], "plat": ["platform"],
        "agt": ["agent"], "srvy": ["survey"], "svy": ["survey"], "cmt": ["comment"], "cmnt": ["comment"],
        "msg": ["message"], "txn": ["transaction"], "cpn": ["coupon"], "plyr": ["player"], "wkr": ["worker"],
        "drv": ["driver"], "rsrv": ["reservation"], "gst": ["guest"], "prj": ["project"], "proj": ["project"],
        "tsk": ["task"], "notif": ["notification"], "ntf": ["notification"], "sess": ["session"], "phn": ["phone"],
        "dob": ["birth", "date"], "sx": ["sex"], "gndr": ["gender"],
    ]
}
